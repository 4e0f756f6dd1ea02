import Foundation
import Logging
import Mail
import Storage
import Workspaces

/// Hands mails over to the server, whatever they are about, and says what becomes of those that it does not take.
struct MailDelivery: Sendable {
    /// A mail to hand over.
    struct Parcel: Sendable {
        /// What the log calls it: "an invitation".
        let name: String
        /// The identifier, the same for every attempt.
        let id: UUID
        /// The workspace.
        let workspaceID: WorkspaceID
        /// Who gets it.
        let recipient: Email
        /// How often it was tried, this attempt counted.
        let attempts: Int
    }

    /// What became of a mail.
    enum Outcome: Hashable, Sendable {
        /// The server has it.
        case sent
        /// It is to be tried again, for this reason.
        case postponed(until: Date, problem: String)
        /// It is to be given up, for this reason.
        case failed(problem: String)
    }

    let client: MailClient
    let sender: MailAddress
    let logger: Logger

    /// Hands a mail over.
    func deliver(_ content: some MailContent, _ parcel: Parcel, now: () -> Date) async -> Outcome {
        var metadata: Logger.Metadata = [
            "workspace.id": "\(parcel.workspaceID)", "mail.id": "\(parcel.id)", "mail.attempts": "\(parcel.attempts)",
        ]
        guard let recipient = MailAddress(parcel.recipient.value) else {
            self.logger.error("\(parcel.name) cannot be mailed", metadata: metadata)
            return .failed(problem: "no mail server takes this address")
        }
        let message = MailMessage(
            id: parcel.id,
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
            metadata["mail.problem"] = "\(error)"
            if !error.isFinal, let next = MailSchedule.next(after: parcel.attempts, now: now()) {
                self.logger.warning("\(parcel.name) is mailed later", metadata: metadata)
                return .postponed(until: next, problem: error.report)
            }
            self.logger.error("\(parcel.name) cannot be mailed", metadata: metadata)
            return .failed(problem: error.report)
        }
        self.logger.info("\(parcel.name) was mailed", metadata: metadata)
        return .sent
    }
}
