import Console
import Foundation
import GatewayHTTP
import Storage
import Workspaces

/// Sends the mails of invitations that are due.
struct InvitationMailer: QueuedMailer {
    static let subject = "invitations"

    let mails: InvitationMailStore
    let directory: WorkspaceDirectory
    let site: PublicSite
    let delivery: MailDelivery

    func takeDue(now: Date) async throws -> DueInvitationMail? {
        try await self.mails.takeDue(now: now)
    }

    func send(_ mail: DueInvitationMail, now: () -> Date) async throws {
        // The link is kept before it is sent, and only its hash.
        let token = SecretToken<InvitationLink>.random()
        guard let linked = try await self.mails.link(mail, by: token, now: now()),
            let workspace = try await self.directory.configuredWorkspace(mail.scope)?.workspace
        else { return }
        let content = InvitationMessage(
            workspaceName: workspace.name,
            companyID: workspace.companyID.value,
            host: self.site.host,
            url: self.site.invitationURL(token),
            end: ReadableDate.time(linked.link.expiresAt)
        )
        let parcel = MailDelivery.Parcel(
            name: "an invitation",
            id: mail.mailID,
            workspaceID: mail.scope.workspaceID,
            recipient: linked.link.email,
            attempts: linked.attempts
        )
        switch await self.delivery.deliver(content, parcel, now: now) {
        case .sent:
            let detail = ["expires_at": linked.link.expiresAt.formatted(.iso8601)]
            let event = Self.event(.invitationMailed, linked, detail, now())
            try await self.mails.noteSent(mail, event: event, now: now())
        case .postponed(let time, let problem):
            try await self.mails.postpone(mail, until: time, problem: problem, now: now())
        case .failed(let problem):
            let event = Self.event(.invitationMailFailed, linked, ["reason": problem], now())
            try await self.mails.giveUp(mail, problem: problem, event: event, now: now())
        }
    }

    private static func event(
        _ action: AuditAction,
        _ linked: LinkedInvitationMail,
        _ detail: [String: String],
        _ now: Date
    ) -> AuditEvent {
        AuditEvent(
            time: now,
            workspaceID: linked.due.scope.workspaceID,
            actor: .system,
            action: action,
            email: linked.link.email.value,
            detail: detail
        )
    }
}
