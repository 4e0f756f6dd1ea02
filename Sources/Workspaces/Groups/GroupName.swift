/// The name of a group at the identity provider, exact and case-sensitive (behavior G2).
package struct GroupName: Hashable, Sendable, CustomStringConvertible {
    /// The greatest length in characters.
    package static let maximumLength = 256

    /// The name as the identity provider sends it.
    package let value: String

    /// Takes a name.
    ///
    /// - Returns: `nil` unless the text has 1 to 256 characters, none of them a control character, and no white space
    ///   around it.
    package init?(_ value: String) {
        guard (1...Self.maximumLength).contains(value.unicodeScalars.count) else { return nil }
        guard value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return nil }
        guard XMLWhitespace.trimming(value).utf8.elementsEqual(value.utf8) else { return nil }
        self.value = value
    }

    /// Two names are one when they are the same bytes: Unicode knows texts that look the same and are not.
    package static func == (left: GroupName, right: GroupName) -> Bool {
        left.value.utf8.elementsEqual(right.value.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in self.value.utf8 { hasher.combine(byte) }
    }

    package var description: String { self.value }
}
