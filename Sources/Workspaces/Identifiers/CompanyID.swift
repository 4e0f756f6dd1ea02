/// The public name of a workspace, which people type to sign in (behavior T2).
///
/// Two Company IDs that differ only in case name the same workspace, so look-up and uniqueness use ``folded``. Role
/// values of the `roles` attribute are compared with ``value`` byte for byte (behavior R3), so the spelling is kept and
/// `==` compares the spelling.
package struct CompanyID: Hashable, Sendable, CustomStringConvertible {
    /// The greatest length in characters.
    package static let maximumLength = 63

    /// The name as it was chosen.
    package let value: String

    /// Takes a name as it was chosen or typed.
    ///
    /// - Returns: `nil` unless the text has 1 to 63 characters of `[A-Za-z0-9._-]` and begins and ends with a letter or
    ///   a digit. Nothing is trimmed: see ``init(typed:)``.
    package init?(_ value: String) {
        let bytes = value.utf8
        guard let first = bytes.first, let last = bytes.last, bytes.count <= Self.maximumLength else { return nil }
        guard first.isASCIIAlphanumeric, last.isASCIIAlphanumeric else { return nil }
        let punctuation = [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")]
        guard bytes.allSatisfy({ $0.isASCIIAlphanumeric || punctuation.contains($0) }) else { return nil }
        self.value = value
    }

    /// Takes what a person typed into the sign-in form, ignoring white space around it (behavior Q17).
    ///
    /// - Returns: `nil` when what is left is no Company ID.
    package init?(typed text: String) {
        self.init(XMLWhitespace.trimming(text))
    }

    /// The name in lower case: the key by which a workspace is found and by which the name is unique.
    package var folded: String { self.value.lowercased() }

    package var description: String { self.value }
}
