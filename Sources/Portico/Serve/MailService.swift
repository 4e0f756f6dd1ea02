import Foundation
import Logging
import ServiceLifecycle

/// Sends the mails that are due, soon after they were asked for.
///
/// Of several nodes one takes each mail. A mail under way when the gateway stops is finished and noted, since nobody else could
/// know whether the server has it.
struct MailService: Service {
    private let sendDue: @Sendable () async throws -> Void
    private let periodic: PeriodicWork

    /// What `ServiceGroup` calls the service in its log.
    let description: String

    /// Makes a service that looks about every `interval` for what is due.
    init<Mailer: QueuedMailer>(mailer: Mailer, interval: Duration = .seconds(3), logger: Logger) {
        self.description = "mails of \(Mailer.subject)"
        self.sendDue = { try await mailer.sendDue(now: { Date() }) }
        self.periodic = PeriodicWork(
            interval: interval,
            failure: "\(Mailer.subject) cannot be mailed",
            logger: logger
        )
    }

    func run() async throws {
        await self.periodic.repeatingWhole(self.sendDue)
    }
}

extension MailService: CustomStringConvertible {}
