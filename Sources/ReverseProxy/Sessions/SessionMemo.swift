import Workspaces

/// The cookie that a connection sent last and the session it opened, which spares the hash.
///
/// It says which session a cookie means, never that the session is valid: that is asked at every request.
struct SessionMemo {
    private var cookie: [UInt8] = []
    private var entry: SessionEntry?
    private var identity: RouteIdentity?

    /// The session that a cookie value opened before.
    @inline(__always)
    func entry(for value: UnsafeRawBufferPointer) -> SessionEntry? {
        SameBytes.are(self.cookie, value) ? self.entry : nil
    }

    /// The session of the cookie that was sent last.
    var last: SessionEntry? { self.entry }

    /// Takes a newer entry of the same session.
    mutating func replace(with entry: SessionEntry) {
        if self.entry !== entry { self.identity = nil }
        self.entry = entry
    }

    /// Remembers a cookie value and its session.
    mutating func remember(_ value: UnsafeRawBufferPointer, _ entry: SessionEntry) {
        if !SameBytes.are(self.cookie, value) { self.cookie = Array(value) }
        if self.entry !== entry { self.identity = nil }
        self.entry = entry
    }

    /// What the upstream of a route was told last of the session that is remembered, if it may be told again at a time
    /// in milliseconds since 1970.
    @inline(__always)
    func identity(for rule: ProxySettings.Rule, at wall: Int64) -> RouteIdentity? {
        guard let identity = self.identity, identity.rule === rule, identity.isUsable(at: wall) else { return nil }
        return identity
    }

    /// Remembers what an upstream is told of the session that is remembered.
    mutating func remember(_ identity: RouteIdentity) {
        self.identity = identity
    }
}
