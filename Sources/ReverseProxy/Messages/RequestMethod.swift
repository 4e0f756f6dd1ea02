/// The methods that are taken: those that swift-nio's parser (llhttp) knows, without `PRI`.
enum RequestMethod: UInt8 {
    /// GET.
    case get
    /// HEAD.
    case head
    /// OPTIONS.
    case options
    /// POST.
    case post
    /// TRACE, which would show the client what the gateway adds to its request: never forwarded.
    case trace
    /// CONNECT, which asks for a tunnel: never forwarded.
    case connect
    /// Any other known method.
    case other

    /// Whether the method only reads (RFC 9110, 9.2.1), so that sending it twice changes nothing.
    var isSafe: Bool {
        switch self {
        case .get, .head, .options: true
        case .post, .trace, .connect, .other: false
        }
    }

    /// The method as counts and spans tell it apart: all that are ``other`` alike.
    var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .options: "OPTIONS"
        case .post: "POST"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other: "other"
        }
    }

    /// Reads a method; case matters (RFC 9110, 9.1).
    @inline(__always)
    static func parse(_ bytes: UnsafeRawBufferPointer) -> RequestMethod? {
        if Self.equal(bytes, "GET") { return .get }
        if Self.equal(bytes, "POST") { return .post }
        if Self.equal(bytes, "HEAD") { return .head }
        if Self.equal(bytes, "OPTIONS") { return .options }
        if Self.equal(bytes, "TRACE") { return .trace }
        if Self.equal(bytes, "CONNECT") { return .connect }
        return Self.isKnown(bytes) ? .other : nil
    }

    private static func isKnown(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch bytes.count {
        case 3: Self.equal(bytes, "PUT") || Self.equal(bytes, "ACL")
        case 4:
            Self.equal(bytes, "COPY") || Self.equal(bytes, "LOCK") || Self.equal(bytes, "MOVE")
                || Self.equal(bytes, "BIND") || Self.equal(bytes, "LINK")
        case 5:
            Self.equal(bytes, "PATCH") || Self.equal(bytes, "MKCOL") || Self.equal(bytes, "MERGE")
                || Self.equal(bytes, "PURGE")
        case 6:
            Self.equal(bytes, "DELETE") || Self.equal(bytes, "SEARCH") || Self.equal(bytes, "UNLOCK")
                || Self.equal(bytes, "REBIND") || Self.equal(bytes, "UNBIND") || Self.equal(bytes, "REPORT")
                || Self.equal(bytes, "NOTIFY") || Self.equal(bytes, "UNLINK")
        case 8: Self.equal(bytes, "PROPFIND") || Self.equal(bytes, "CHECKOUT") || Self.equal(bytes, "M-SEARCH")
        case 9: Self.equal(bytes, "PROPPATCH") || Self.equal(bytes, "SUBSCRIBE")
        case 10: Self.equal(bytes, "MKACTIVITY") || Self.equal(bytes, "MKCALENDAR")
        case 11: Self.equal(bytes, "UNSUBSCRIBE")
        case _: false
        }
    }

    @inline(__always)
    private static func equal(_ bytes: UnsafeRawBufferPointer, _ method: StaticString) -> Bool {
        guard bytes.count == method.utf8CodeUnitCount else { return false }
        let start = method.utf8Start
        for index in 0..<bytes.count where bytes[index] != start[index] { return false }
        return true
    }
}
