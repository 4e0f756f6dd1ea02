import Foundation
import GatewayHTTP
import Logging
import Storage
import Workspaces

/// Sends the mails to administrators that are due.
///
/// No audit event says so: what was mailed stands in the audit log already, and a mail about each mail would have no end.
struct AlertMailer: QueuedMailer {
    static let subject = "alerts"

    let mails: AlertMailStore
    let site: PublicSite
    let delivery: MailDelivery

    func takeDue(now: Date) async throws -> DueAlertMail? {
        try await self.mails.takeDue(now: now)
    }

    func send(_ mail: DueAlertMail, now: () -> Date) async throws {
        guard mail.userID != nil else { return try await self.address(mail, now: now()) }
        let read: AlertMail?
        do {
            read = try await self.mails.write(mail)
        } catch let error as StoredValueError {
            return try await self.forget(mail, unreadable: error)
        }
        guard let written = read else { return }
        let parcel = MailDelivery.Parcel(
            name: "an alert",
            id: mail.mailID,
            workspaceID: mail.scope.workspaceID,
            recipient: written.recipient,
            attempts: written.attempts
        )
        let content = AlertMessage(
            kind: written.kind,
            event: written.event,
            isActorMember: written.isActorMember,
            workspaceName: written.workspaceName,
            companyID: written.companyID,
            site: self.site
        )
        switch await self.delivery.deliver(content, parcel, now: now) {
        case .sent, .failed: try await self.mails.finish(mail)
        case .postponed(let time, _): try await self.mails.postpone(mail, until: time)
        }
    }

    /// Forgets a mail whose event is of another release: it would keep all others waiting.
    private func forget(_ mail: DueAlertMail, unreadable error: StoredValueError) async throws {
        try await self.mails.finish(mail)
        self.delivery.logger.error(
            "an alert cannot be mailed",
            metadata: [
                "workspace.id": "\(mail.scope.workspaceID)", "mail.id": "\(mail.mailID)", "mail.problem": "\(error)",
            ]
        )
    }

    private func address(_ mail: DueAlertMail, now: Date) async throws {
        let count = try await self.mails.address(mail, now: now)
        guard count == 0 else { return }
        self.delivery.logger.notice(
            "an alert concerns nobody who can be mailed",
            metadata: ["workspace.id": "\(mail.scope.workspaceID)", "mail.id": "\(mail.mailID)"]
        )
    }
}
