import Foundation

/// A person who is invited, with the link, in output.
struct InvitedRow: Encodable {
    let member: MemberRow
    let invitationURL: String
    let expiresAt: Date

    private enum Keys: String, CodingKey {
        case invitationURL = "invitationUrl"
        case expiresAt = "invitationExpiresAt"
    }

    func encode(to encoder: any Encoder) throws {
        try self.member.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(self.invitationURL, forKey: .invitationURL)
        try container.encode(self.expiresAt, forKey: .expiresAt)
    }
}
