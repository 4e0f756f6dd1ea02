import Synchronization

/// What a server answers at present; nil for nothing.
final class PublishedDocument: Sendable {
    private let text: Mutex<String?>

    init(_ text: String?) {
        self.text = Mutex(text)
    }

    func get() -> String? {
        self.text.withLock { $0 }
    }

    func set(_ text: String?) {
        self.text.withLock { $0 = text }
    }
}
