/// A value that must not be shown: a password, a key, a URL that holds one.
///
/// It has no description of its own and hides itself from string interpolation, `dump` and mirrors; only a reader that
/// says `reveal()` gets the text.
struct Secret: Sendable, Hashable {
    private let text: String

    /// Takes the text into custody.
    init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one place that must use it.
    func reveal() -> String {
        self.text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "(secret)" }

    var debugDescription: String { "(secret)" }

    var customMirror: Mirror { Mirror(self, children: []) }
}
