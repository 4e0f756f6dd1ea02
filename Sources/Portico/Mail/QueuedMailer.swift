import Foundation
import ServiceLifecycle

/// Sends one kind of the mails that wait in the database.
protocol QueuedMailer: Sendable {
    /// A mail that this node has taken.
    associatedtype Due: Sendable
    /// What the mails are about: "invitations".
    static var subject: String { get }

    /// Takes the mail that is due for the longest time; `nil` when none is due.
    func takeDue(now: Date) async throws -> Due?

    /// Sends a mail, or says when it is tried again.
    func send(_ mail: Due, now: () -> Date) async throws
}

extension QueuedMailer {
    /// Sends everything that is due, one after the other, until the gateway stops.
    ///
    /// - Parameter now: The clock.
    /// - Throws: The failures of the database; a mail that was not sent stays where it is.
    func sendDue(now: @Sendable () -> Date) async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully, let mail = try await self.takeDue(now: now()) {
            try await self.send(mail, now: now)
        }
    }
}
