import Foundation

/// A passphrase as somebody typed it, in one form whichever keyboard it came from (Unicode normalization form C).
///
/// It has no description, so that it never stands in a log.
package struct Passphrase: Sendable {
    /// The bytes that are hashed.
    let bytes: [UInt8]

    /// Takes what was typed to sign in, whatever it is.
    package init(typed text: String) {
        self.bytes = Array(text.precomposedStringWithCanonicalMapping.utf8)
    }

    /// Whether nothing was typed.
    package var isEmpty: Bool { self.bytes.isEmpty }
}

extension Passphrase: CustomStringConvertible, CustomReflectable {
    /// Says nothing of the passphrase.
    package var description: String { "Passphrase(hidden)" }

    /// Shows nothing of the passphrase.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
