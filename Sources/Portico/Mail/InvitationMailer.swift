import Console
import Foundation
import GatewayHTTP
import Logging
import Mail
import ServiceLifecycle
import Storage
import Workspaces

/// Sends the mails of invitations that are due.
struct InvitationMailer: Sendable {
    let mails: InvitationMailStore
    let directory: WorkspaceDirectory
    let site: PublicSite
    let client: MailClient
    let sender: MailAddress
    let logger: Logger

    /// Sends everything that is due, one after the other, until the gateway stops.
    ///
    /// - Parameter now: The clock.
    /// - Throws: The failures of the database; a mail that was not sent stays where it is.
    func sendDue(now: @Sendable () -> Date) async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully, let mail = try await self.mails.takeDue(now: now()) {
            try await self.send(mail, now: now)
        }
    }

    private func send(_ mail: DueInvitationMail, now: () -> Date) async throws {
        // The link is kept before it is sent, and only its hash.
        let token = SecretToken<InvitationLink>.random()
        guard let linked = try await self.mails.link(mail, by: token, now: now()),
            let workspace = try await self.directory.configuredWorkspace(mail.scope)?.workspace
        else { return }
        guard let recipient = MailAddress(linked.link.email.value) else {
            return try await self.giveUp(linked, "no mail server takes this address", now: now())
        }
        let content = InvitationMessage(
            workspaceName: workspace.name,
            companyID: workspace.companyID.value,
            host: self.site.host,
            url: self.site.invitationURL(token),
            end: ReadableDate.time(linked.link.expiresAt)
        )
        let message = MailMessage(
            id: mail.mailID,
            date: now(),
            sender: self.sender,
            recipient: recipient,
            subject: content.subject,
            text: content.text,
            html: content.html
        )
        do throws(MailFailure) {
            try await self.client.send(message)
        } catch {
            return try await self.note(error, of: linked, now: now())
        }
        let event = Self.event(
            .invitationMailed,
            linked,
            ["expires_at": linked.link.expiresAt.formatted(.iso8601)],
            now()
        )
        try await self.mails.noteSent(mail, event: event, now: now())
        self.logger.info("an invitation was mailed", metadata: Self.metadata(linked))
    }

    private func note(_ failure: MailFailure, of linked: LinkedInvitationMail, now: Date) async throws {
        var metadata = Self.metadata(linked)
        metadata["mail.problem"] = "\(failure)"
        if !failure.isFinal, let next = InvitationMailSchedule.next(after: linked.attempts, now: now) {
            self.logger.warning("an invitation is mailed later", metadata: metadata)
            return try await self.mails.postpone(linked.due, until: next, problem: failure.report, now: now)
        }
        self.logger.error("an invitation cannot be mailed", metadata: metadata)
        try await self.giveUp(linked, failure.report, now: now)
    }

    private func giveUp(_ linked: LinkedInvitationMail, _ problem: String, now: Date) async throws {
        let event = Self.event(.invitationMailFailed, linked, ["reason": problem], now)
        try await self.mails.giveUp(linked.due, problem: problem, event: event, now: now)
    }

    private static func metadata(_ linked: LinkedInvitationMail) -> Logger.Metadata {
        [
            "workspace.id": "\(linked.due.scope.workspaceID)", "mail.id": "\(linked.due.mailID)",
            "mail.attempts": "\(linked.attempts)",
        ]
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
