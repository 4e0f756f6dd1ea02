import Workspaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The cookie that a connection sent last and the session it opened, which spares the hash.
///
/// It says which session a cookie means, never that the session is valid: that is asked at every request.
struct SessionMemo {
    private var cookie: [UInt8] = []
    private var entry: SessionEntry?

    /// The session that a cookie value opened before.
    @inline(__always)
    func entry(for value: UnsafeRawBufferPointer) -> SessionEntry? {
        guard let entry = self.entry, self.cookie.count == value.count else { return nil }
        return self.cookie.withUnsafeBytes { cookie in
            guard let mine = cookie.baseAddress, let theirs = value.baseAddress else { return nil }
            return memcmp(mine, theirs, value.count) == 0 ? entry : nil
        }
    }

    /// Remembers a cookie value and its session.
    mutating func remember(_ value: UnsafeRawBufferPointer, _ entry: SessionEntry) {
        if self.cookie.count != value.count || !self.cookie.elementsEqual(value) { self.cookie = Array(value) }
        self.entry = entry
    }
}
