/// What a header line is to the proxy, by its name.
///
/// Names are compared case-folded, with every byte that is no letter and no digit read as `-`. Where a name with an
/// underscore or a dot would otherwise stand for one that frames the message or routes it, it is ``twin``: no line of it
/// passes, since the upstream may read it as the other.
enum FieldKind: UInt8 {
    /// Passes unchanged.
    case other
    /// `Host`.
    case host
    /// `Content-Length`.
    case contentLength
    /// `Transfer-Encoding`.
    case transferEncoding
    /// `Connection`.
    case connection
    /// Another header for one connection only: `Keep-Alive`, `Proxy-Connection`, `Proxy-Authorization`,
    /// `Proxy-Authenticate`, `TE`, `HTTP2-Settings`.
    case hopByHop
    /// `Upgrade`.
    case upgrade
    /// `Expect`.
    case expect
    /// `Cookie`.
    case cookie
    /// `Set-Cookie`.
    case setCookie
    /// A name that carries identity (interface.md section 4, ruling 13).
    case identity
    /// `X-Forwarded-For`.
    case forwardedFor
    /// `X-Forwarded-Proto`.
    case forwardedProto
    /// `X-Forwarded-Host`.
    case forwardedHost
    /// `Forwarded`, `X-Real-IP`, `X-Original-URL`, `X-Rewrite-URL` and other names that begin with `X-Forwarded-`.
    case forwarding
    /// `X-Request-Id`.
    case requestID
    /// `Proxy`, which programs behind CGI, FastCGI or WSGI take for a setting of their own, `HTTP_PROXY` (CVE-2016-5385).
    case proxy
    /// `Accept`.
    case accept
    /// `Sec-Fetch-Mode`.
    case fetchMode
    /// A spelling of a name above, with underscores or dots, that an upstream could take for it.
    case twin

    /// Tells the kind of a name.
    @inline(__always)
    static func of(_ name: UnsafeRawBufferPointer) -> FieldKind {
        guard let first = name.first else { return .other }
        let kind: FieldKind
        switch first | 0x20 {
        case UInt8(ascii: "a"): kind = Self.equal(name, "accept") ? .accept : .other
        case UInt8(ascii: "c"): kind = Self.ofC(name)
        case UInt8(ascii: "e"): kind = Self.equal(name, "expect") ? .expect : .other
        case UInt8(ascii: "f"): kind = Self.equal(name, "forwarded") ? .forwarding : .other
        case UInt8(ascii: "h"): kind = Self.ofH(name)
        case UInt8(ascii: "k"): kind = Self.equal(name, "keep-alive") ? .hopByHop : .other
        case UInt8(ascii: "p"): kind = Self.ofP(name)
        case UInt8(ascii: "r"): kind = Self.begins(name, "remote-") ? .identity : .other
        case UInt8(ascii: "s"): kind = Self.ofS(name)
        case UInt8(ascii: "t"): kind = Self.ofT(name)
        case UInt8(ascii: "u"): kind = Self.equal(name, "upgrade") ? .upgrade : .other
        case UInt8(ascii: "x"): kind = Self.ofX(name)
        case _: return .other
        }
        switch kind {
        // The names behind the first two have no hyphen that another byte could stand for.
        case .other, .identity, .host, .connection, .upgrade, .expect, .cookie, .proxy, .accept:
            return kind
        case .contentLength, .transferEncoding, .hopByHop, .setCookie, .forwardedFor, .forwardedProto, .forwardedHost,
            .forwarding, .requestID, .fetchMode, .twin:
            return Self.hasTwin(name) ? .twin : kind
        }
    }

    private static func hasTwin(_ name: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index + ByteWord.size <= name.count, ByteWord(name, at: index).isLettersAndHyphens {
            index += ByteWord.size
        }
        return name[index...].contains(where: ByteClass.isHyphenTwin)
    }

    private static func ofC(_ name: UnsafeRawBufferPointer) -> FieldKind {
        switch name.count {
        case 6: Self.equal(name, "cookie") ? .cookie : .other
        case 10: Self.equal(name, "connection") ? .connection : .other
        case 14: Self.equal(name, "content-length") ? .contentLength : .other
        case _: .other
        }
    }

    private static func ofH(_ name: UnsafeRawBufferPointer) -> FieldKind {
        switch name.count {
        case 4: Self.equal(name, "host") ? .host : .other
        // It goes with `Upgrade: h2c`, which is never forwarded.
        case 14: Self.equal(name, "http2-settings") ? .hopByHop : .other
        case _: .other
        }
    }

    private static func ofP(_ name: UnsafeRawBufferPointer) -> FieldKind {
        guard Self.begins(name, "proxy") else { return .other }
        if name.count == 5 { return .proxy }
        let isHopByHop =
            Self.equal(name, "proxy-connection") || Self.equal(name, "proxy-authorization")
            || Self.equal(name, "proxy-authenticate")
        return isHopByHop ? .hopByHop : .other
    }

    private static func ofS(_ name: UnsafeRawBufferPointer) -> FieldKind {
        switch name.count {
        case 10: Self.equal(name, "set-cookie") ? .setCookie : .other
        case 14: Self.equal(name, "sec-fetch-mode") ? .fetchMode : .other
        case _: .other
        }
    }

    private static func ofT(_ name: UnsafeRawBufferPointer) -> FieldKind {
        switch name.count {
        case 2: Self.equal(name, "te") ? .hopByHop : .other
        case 17: Self.equal(name, "transfer-encoding") ? .transferEncoding : .other
        case _: .other
        }
    }

    private static func ofX(_ name: UnsafeRawBufferPointer) -> FieldKind {
        guard name.count > 8, ByteClass.folded(name[1]) == UInt8(ascii: "-") else { return .other }
        if Self.begins(name, "x-portico-") || Self.begins(name, "x-auth-request-") { return .identity }
        if Self.begins(name, "x-forwarded-") { return Self.ofXForwarded(name) }
        if Self.equal(name, "x-request-id") { return .requestID }
        let isForwarding =
            Self.equal(name, "x-real-ip") || Self.equal(name, "x-original-url") || Self.equal(name, "x-rewrite-url")
        return isForwarding ? .forwarding : .other
    }

    private static func ofXForwarded(_ name: UnsafeRawBufferPointer) -> FieldKind {
        if Self.equal(name, "x-forwarded-for") { return .forwardedFor }
        if Self.equal(name, "x-forwarded-proto") { return .forwardedProto }
        if Self.equal(name, "x-forwarded-host") { return .forwardedHost }
        let isIdentity =
            Self.equal(name, "x-forwarded-user") || Self.equal(name, "x-forwarded-email")
            || Self.equal(name, "x-forwarded-groups") || Self.equal(name, "x-forwarded-preferred-username")
        return isIdentity ? .identity : .forwarding
    }

    /// Whether a name equals one that is written in lower case with hyphens.
    @inline(__always)
    static func equal(_ name: UnsafeRawBufferPointer, _ other: StaticString) -> Bool {
        name.count == other.utf8CodeUnitCount && Self.begins(name, other)
    }

    /// Whether a name begins with one that is written in lower case with hyphens.
    @inline(__always)
    static func begins(_ name: UnsafeRawBufferPointer, _ prefix: StaticString) -> Bool {
        let prefix = UnsafeRawBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        guard name.count >= prefix.count else { return false }
        var index = 0
        while index + ByteWord.size <= prefix.count,
            ByteWord(name, at: index).isLowercased(to: ByteWord(prefix, at: index))
        {
            index += ByteWord.size
        }
        while index < prefix.count {
            // A letter differs from the one in lower case by this bit at most.
            let isSame = name[index] | 0x20 == prefix[index]
            guard isSame || prefix[index] == UInt8(ascii: "-") && ByteClass.folded(name[index]) == prefix[index] else {
                return false
            }
            index += 1
        }
        return true
    }
}
