import SAML
import Testing
import XMLSecurity

/// One message of the attack matrix (saml-security 1.1 to 1.4), and the reason for which it must be refused.
///
/// A row of the matrix has one or more of them. Those that other suites hold are named in `Docs/Conformance.md`.
struct AttackMatrixRow: CustomTestStringConvertible, Sendable {
    /// The row of the matrix, `A01` to `F13`.
    let row: String
    /// What the sender did.
    let attack: String
    /// The code that the attempt ends in.
    let code: ResponseRejection.Code
    /// The sentence or the place that the record of the attempt must have, so that no other check can have refused.
    let reason: String?
    /// Makes the message.
    let post: @Sendable (Exchange) throws -> PostedMessage

    var testDescription: String { "\(self.row) \(self.attack)" }

    static let all: [AttackMatrixRow] = signatures + references + keys + parsing + limits

    /// A message that the parser refuses.
    static func parser(
        _ row: String,
        _ attack: String,
        _ rejection: XMLRejection,
        _ post: @escaping @Sendable (Exchange) throws -> PostedMessage
    ) -> AttackMatrixRow {
        let code: ResponseRejection.Code = rejection == .tooLarge ? .tooLarge : .xmlInvalid
        return AttackMatrixRow(row: row, attack: attack, code: code, reason: rejection.description, post: post)
    }

    /// A message that the grammar refuses at this place.
    static func grammar(
        _ row: String,
        _ attack: String,
        at path: String,
        _ post: @escaping @Sendable (Exchange) throws -> PostedMessage
    ) -> AttackMatrixRow {
        AttackMatrixRow(row: row, attack: attack, code: .xmlInvalid, reason: path, post: post)
    }

    /// A message whose signature is refused.
    static func signature(
        _ row: String,
        _ attack: String,
        _ rejection: SignatureRejection,
        _ post: @escaping @Sendable (Exchange) throws -> PostedMessage
    ) -> AttackMatrixRow {
        AttackMatrixRow(
            row: row,
            attack: attack,
            code: .signatureInvalid,
            reason: rejection.description,
            post: post
        )
    }

    /// A signed message with one replacement, refused by the parser.
    static func parser(
        _ row: String,
        _ attack: String,
        _ rejection: XMLRejection,
        replacing text: String,
        with replacement: String
    ) -> AttackMatrixRow {
        self.parser(row, attack, rejection) { try .edited($0, text, replacement) }
    }

    /// A signed message with one replacement, whose signature is refused.
    static func signature(
        _ row: String,
        _ attack: String,
        _ rejection: SignatureRejection,
        replacing text: String,
        with replacement: String
    ) -> AttackMatrixRow {
        self.signature(row, attack, rejection) { try .edited($0, text, replacement) }
    }
}
