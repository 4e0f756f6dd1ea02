/// The name of a role that a member can have in a workspace, such as `ADMIN` (rulings 20).
///
/// A role has no underscore, so that a value `company_ROLE` is split at its last one without doubt (behavior Q18).
package struct Role: Hashable, Sendable, CustomStringConvertible {
    /// The greatest length of a role's name in characters.
    package static let maximumLength = 32

    /// The name as it stands in headers, settings and the `roles` attribute.
    package let name: String

    /// Takes the name of a role.
    ///
    /// - Returns: `nil` unless the text matches `[A-Z][A-Z0-9]{0,31}`.
    package init?(_ name: String) {
        guard let first = name.utf8.first, first.isASCIIUppercase, name.utf8.count <= Self.maximumLength else {
            return nil
        }
        guard name.utf8.allSatisfy({ $0.isASCIIUppercase || $0.isASCIIDigit }) else { return nil }
        self.name = name
    }

    /// Takes a name that is part of the source code.
    init(uncheckedName name: String) {
        self.name = name
    }

    package var description: String { self.name }
}
