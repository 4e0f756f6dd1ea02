import Foundation
import Logging
import ServiceLifecycle

/// Sends the mails of invitations, soon after they were asked for.
///
/// Of several nodes one takes each mail. A mail under way when the gateway stops is finished and noted, since nobody else could
/// know whether the server has it.
struct InvitationMailService: Service {
    private let mailer: InvitationMailer
    private let periodic: PeriodicWork

    /// Makes a service that looks about every `interval` for what is due.
    init(mailer: InvitationMailer, interval: Duration = .seconds(3), logger: Logger) {
        self.mailer = mailer
        self.periodic = PeriodicWork(interval: interval, failure: "invitations cannot be mailed", logger: logger)
    }

    func run() async throws {
        await self.periodic.repeatingWhole { try await self.mailer.sendDue(now: { Date() }) }
    }
}

extension InvitationMailService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "mails of invitations" }
}
