internal import SAML

/// What a person types as the identity provider's issuer, which is compared byte for byte (behavior T4).
///
/// A name in a message may hold a space (``SAML/EntityID``), but one in the form came along with what was copied, nearly
/// always, and so did a character that nobody sees: every response would be refused for a reason that nobody sees either.
enum IssuerRule {
    /// Says what is wrong with an issuer.
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - current: The issuer that is configured, which may stay as it is.
    /// - Returns: `nil` when the issuer is good; otherwise whole sentences that say what to do.
    static func mistake(in text: String, current: EntityID?) -> String? {
        let paste = "Paste the issuer, also called entity ID, exactly as your identity provider shows it."
        if text.isEmpty { return "It is empty. \(paste)" }
        if text.unicodeScalars.count > 1024 { return "It is longer than 1024 characters. \(paste)" }
        if let current, current.value.utf8.elementsEqual(text.utf8) { return nil }
        if let scalar = text.unicodeScalars.first(where: Self.isUnseen) {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            return "It holds a character that nobody sees (\(name)), which came along with what was copied. Delete the"
                + " field, and type the issuer by hand."
        }
        guard EntityID(text) != nil else {
            return "It begins or ends with white space, or holds a line break. \(paste)"
        }
        guard !text.contains(where: \.isWhitespace) else {
            return "There is a space in it. Take the space out: an issuer has none. \(paste)"
        }
        return nil
    }

    /// Whether a character has no shape of its own and is not white space: zero-width spaces and joiners, marks of
    /// direction, soft hyphens, fillers.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        guard !properties.isWhitespace else { return false }
        return properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format
    }
}
