package import SAML

/// The person that a checked assertion names: the address is the identity, the name is for human eyes (behavior I1).
///
/// It is made from a ``SAML/ValidatedAssertion`` only and keeps it, so that what is decided about the person is decided
/// about this assertion.
package struct AssertedIdentity: Hashable, Sendable {
    /// The greatest length of a profile name in characters; a longer one is not used (saml-security F05).
    package static let maximumNameLength = 256

    /// The assertion that the identity was read from.
    package let assertion: ValidatedAssertion
    /// The names under which the attributes were read.
    package let attributeNames: AttributeNames
    /// The normalized address.
    package let email: Email
    /// The name for human eyes: the display name, else given and family name; `nil` when the assertion has neither.
    package let displayName: String?

    /// The groups that the assertion names, none when there are too many.
    ///
    /// Their mappings say what they give (behavior G2).
    package let groups: Set<GroupName>
    /// Whether the assertion names more groups than are read.
    package let hasTooManyGroups: Bool

    /// Reads the identity under a workspace's attribute names.
    ///
    /// - Throws: ``AssertedIdentityRejection`` unless the assertion has exactly one acceptable address.
    package init(
        reading assertion: ValidatedAssertion,
        names: AttributeNames
    ) throws(AssertedIdentityRejection) {
        self.assertion = assertion
        self.attributeNames = names
        self.email = try Self.readEmail(assertion.values(ofAttribute: names.email) ?? [], attribute: names.email)
        self.displayName = Self.readDisplayName(assertion, names: names)
        let groups = GroupsAttribute.read(assertion.values(ofAttribute: names.groups), form: names.groupValues)
        self.groups = groups ?? []
        self.hasTooManyGroups = groups == nil
    }

    private static func readEmail(
        _ values: [AttributeValue],
        attribute: String
    ) throws(AssertedIdentityRejection) -> Email {
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value else { throw .emailInvalid(attribute: attribute, got: nil) }
            let trimmed = XMLWhitespace.trimming(text)
            if !trimmed.isEmpty { texts.append(trimmed) }
        }
        guard let first = texts.first else { throw .emailMissing(attribute: attribute) }
        // Values that differ only in what normalization removes are one value; two that differ otherwise are refused
        // as ambiguous even if only one of them is an address.
        let distinct = Set(texts.map { Email($0)?.value ?? $0 }.map { Array($0.utf8) })
        guard distinct.count == 1 else {
            throw .emailAmbiguous(attribute: attribute, distinctValues: distinct.count)
        }
        guard let email = Email(first) else { throw .emailInvalid(attribute: attribute, got: first) }
        return email
    }

    private static func readDisplayName(_ assertion: ValidatedAssertion, names: AttributeNames) -> String? {
        if let displayName = Self.name(assertion, attribute: names.displayName) { return displayName }
        let parts = [names.firstName, names.lastName].compactMap { Self.name(assertion, attribute: $0) }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// The first value that is a usable name.
    private static func name(_ assertion: ValidatedAssertion, attribute: String) -> String? {
        for value in assertion.values(ofAttribute: attribute) ?? [] {
            guard case .text(let text) = value else { continue }
            let trimmed = XMLWhitespace.trimming(text)
            if Self.isUsableName(trimmed) { return trimmed }
        }
        return nil
    }

    /// Control and format characters are what makes a name read as something else than it is: line breaks in a log,
    /// right-to-left overrides on a page, letters of no width (saml-security F04).
    private static func isUsableName(_ text: String) -> Bool {
        guard (1...Self.maximumNameLength).contains(text.unicodeScalars.count) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            case _: true
            }
        }
    }
}
