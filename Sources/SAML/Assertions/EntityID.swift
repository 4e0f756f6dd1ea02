/// The name of a SAML system entity: an identity provider or a service provider.
///
/// saml-core 8.3.6 asks for a URI of at most 1,024 characters. Deployed names are often not URIs (`portico` is one),
/// so only emptiness, length, control characters and surrounding white space are refused. Comparison is byte for byte.
package struct EntityID: Hashable, Sendable, CustomStringConvertible {
    /// The name as it is written in messages.
    package let value: String

    /// Takes a name as a person or a message gave it.
    ///
    /// - Returns: `nil` when the name is empty, longer than 1,024 characters, begins or ends with a space, or holds a
    ///   control character.
    package init?(_ value: String) {
        guard !value.isEmpty, value.unicodeScalars.count <= 1024 else { return nil }
        guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else { return nil }
        guard value.first?.isWhitespace == false, value.last?.isWhitespace == false else { return nil }
        self.value = value
    }

    package var description: String { self.value }

    /// Compares bytes; `String` itself compares by canonical equivalence, under which two different names are equal.
    package static func == (left: EntityID, right: EntityID) -> Bool {
        left.value.isExactly(right.value)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in self.value.utf8 { hasher.combine(byte) }
    }
}
