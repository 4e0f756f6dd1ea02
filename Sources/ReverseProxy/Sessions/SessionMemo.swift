import Workspaces

/// The cookie that a connection sent last and the session it opened, which spares the hash.
///
/// It says which session a cookie means, never that the session is valid: that is asked at every request.
struct SessionMemo {
    private var cookie: [UInt8] = []
    private var entry: SessionEntry?

    /// The session that a cookie value opened before.
    @inline(__always)
    func entry(for value: UnsafeRawBufferPointer) -> SessionEntry? {
        SameBytes.are(self.cookie, value) ? self.entry : nil
    }

    /// The session of the cookie that was sent last.
    var last: SessionEntry? { self.entry }

    /// Takes a newer entry of the same session.
    mutating func replace(with entry: SessionEntry) {
        self.entry = entry
    }

    /// Remembers a cookie value and its session.
    mutating func remember(_ value: UnsafeRawBufferPointer, _ entry: SessionEntry) {
        if !SameBytes.are(self.cookie, value) { self.cookie = Array(value) }
        self.entry = entry
    }
}
