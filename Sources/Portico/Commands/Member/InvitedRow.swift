import Foundation

/// A person who is invited in output, with the link unless it is mailed.
struct InvitedRow: Encodable {
    let member: MemberRow
    let invitationURL: String?
    let expiresAt: Date?

    private enum Keys: String, CodingKey {
        case invitationURL = "invitationUrl"
        case expiresAt = "invitationExpiresAt"
    }

    func encode(to encoder: any Encoder) throws {
        try self.member.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encodeIfPresent(self.invitationURL, forKey: .invitationURL)
        try container.encodeIfPresent(self.expiresAt, forKey: .expiresAt)
    }
}
