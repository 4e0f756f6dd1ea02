import Foundation

/// What a passphrase must be like: long, and not one that whoever knows the person or the workspace would try first.
///
/// There are no rules about kinds of characters: length is what makes guessing hopeless (NIST SP 800-63B, 3.1.1).
package enum PassphraseRule {
    /// Why a passphrase is not taken, in words for whoever chose it.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// It has fewer characters than ``minimumLength``.
        case tooShort
        /// It has more characters than ``maximumLength``.
        case tooLong
        /// It consists of few characters that come again and again.
        case repetitive
        /// Little is left of it without the names of the person and the workspace.
        case namesSomething
        /// Little is left of it without what everybody tries first.
        case guessable
        /// The two that were typed differ.
        case different

        /// What to do.
        package var description: String {
            switch self {
            case .tooShort:
                "Take at least \(PassphraseRule.minimumLength) characters: a few words in a row are easiest."
            case .tooLong: "Take at most \(PassphraseRule.maximumLength) characters."
            case .repetitive: "Take one that does not repeat the same few characters."
            case .namesSomething: "Take one that does not consist of your address or the name of your company."
            case .guessable:
                "Take one that nobody would try first: a known password, a row of keys or the same word again adds nothing."
            case .different: "The two do not agree; type the same passphrase twice."
            }
        }
    }

    /// The least number of characters.
    package static let minimumLength = 15
    /// The greatest number of characters.
    package static let maximumLength = 128
    /// The least number of different characters.
    private static let minimumVariety = 6
    /// How many characters must be left without the names, and without what everybody tries.
    private static let minimumRest = 8

    /// Checks a passphrase that somebody chose.
    ///
    /// - Parameters:
    ///   - text: The passphrase.
    ///   - repetition: The same, typed a second time.
    ///   - email: Whose it is.
    ///   - workspace: Where.
    /// - Returns: The passphrase.
    /// - Throws: ``Refusal``, the first that applies.
    package static func check(
        _ text: String,
        repetition: String,
        email: Email,
        workspace: Workspace
    ) throws(Refusal) -> Passphrase {
        let chosen = text.precomposedStringWithCanonicalMapping
        guard chosen.unicodeScalars.count >= Self.minimumLength else { throw .tooShort }
        guard chosen.unicodeScalars.count <= Self.maximumLength else { throw .tooLong }
        guard Set(chosen.unicodeScalars).count >= Self.minimumVariety else { throw .repetitive }
        let localPart = email.value.prefix { $0 != "@" }
        let names = [email.value, email.domain.value, workspace.companyID.folded, workspace.name.lowercased()]
        var rest = chosen.lowercased()
        for name in names + [String(localPart)] where name.count > 2 { rest = rest.replacing(name, with: "") }
        guard rest.unicodeScalars.count >= Self.minimumRest else { throw .namesSomething }
        guard GuessableText.rest(of: rest).unicodeScalars.count >= Self.minimumRest else { throw .guessable }
        let passphrase = Passphrase(typed: text)
        guard passphrase.bytes == Passphrase(typed: repetition).bytes else { throw .different }
        return passphrase
    }
}
