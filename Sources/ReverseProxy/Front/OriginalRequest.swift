/// The request that a proxy in front asks about: what its client wants of a host.
///
/// It may be told in three ways, which are those of the proxies that ask:
///
///     Traefik, Caddy   X-Forwarded-Method, X-Forwarded-Host, X-Forwarded-Uri
///     nginx            X-Original-Method, X-Original-URI or X-Original-URL (the configuration names them)
///     Envoy            its own method and Host, and the path behind the endpoint's
///
/// A header that the proxy does not set is one that its client may have set, so all that are there must agree.
struct OriginalRequest {
    /// What a question tells.
    enum Reading {
        /// The request.
        case told(OriginalRequest)
        /// Nothing.
        case untold
        /// Something that is no request, or several requests.
        case contradictory
    }

    /// The path, without the query.
    private(set) var path: UnsafeRawBufferPointer
    /// The path with the query that was told with it first; nothing is decided by it.
    private(set) var target: UnsafeRawBufferPointer
    /// The host; the question's own where none is told.
    private(set) var host: UnsafeRawBufferPointer
    /// The method, when it is told.
    private(set) var method: UnsafeRawBufferPointer?

    /// Reads a question of a trusted proxy.
    ///
    /// - Parameters:
    ///   - request: The question.
    ///   - head: Its bytes.
    ///   - fields: Its header lines.
    ///   - endpoint: How many bytes of its path name the endpoint.
    ///   - host: The value of its `Host`.
    /// - Returns: What it tells.
    static func read(
        _ request: RequestHead,
        _ head: UnsafeRawBufferPointer,
        _ fields: FieldLines,
        endpoint: Int,
        host: UnsafeRawBufferPointer
    ) -> Reading {
        var path: UnsafeRawBufferPointer?
        var target: UnsafeRawBufferPointer?
        var method: UnsafeRawBufferPointer?
        var forwardedHost: UnsafeRawBufferPointer?
        if request.pathStart + endpoint < request.pathEnd {
            path = UnsafeRawBufferPointer(rebasing: head[(request.pathStart + endpoint)..<request.pathEnd])
            target = UnsafeRawBufferPointer(rebasing: head[(request.pathStart + endpoint)..<request.targetEnd])
            method = UnsafeRawBufferPointer(rebasing: head[..<request.methodEnd])
        }
        for line in fields {
            let value = line.value(in: head)
            switch Self.part(line, head) {
            case .target:
                guard let told = Self.target(value), Self.agrees(&path, Self.path(of: told)) else {
                    return .contradictory
                }
                target = target ?? told
            case .method:
                guard Self.agrees(&method, value) else { return .contradictory }
            case .host:
                guard value.allSatisfy(ByteClass.isHost), Self.agrees(&forwardedHost, value) else {
                    return .contradictory
                }
            case nil: continue
            }
        }
        guard let path else { return .untold }
        return .told(OriginalRequest(path: path, target: target ?? path, host: forwardedHost ?? host, method: method))
    }

    private enum Part {
        case target
        case method
        case host
    }

    private static func part(_ line: FieldLine, _ head: UnsafeRawBufferPointer) -> Part? {
        switch line.kind {
        case .forwardedHost: return .host
        case .forwarding, .other, .twin: break
        case _: return nil
        }
        let name = line.name(in: head)
        if FieldKind.equal(name, "x-forwarded-uri") || FieldKind.equal(name, "x-original-uri")
            || FieldKind.equal(name, "x-original-url")
        {
            return .target
        }
        let isMethod = FieldKind.equal(name, "x-forwarded-method") || FieldKind.equal(name, "x-original-method")
        return isMethod ? .method : nil
    }

    /// The path and query of a target in origin form or in absolute form (RFC 9112, 3.2); nil when it is neither.
    private static func target(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        var start = 0
        for scheme in ["http://", "https://"] as [StaticString] where CaseInsensitive.begins(value, scheme) {
            start = scheme.utf8CodeUnitCount
            while start < value.count, ByteClass.isHost(value[start]) { start += 1 }
        }
        guard start < value.count, value[start] == UInt8(ascii: "/") else { return nil }
        return UnsafeRawBufferPointer(rebasing: value[start...].prefix { $0 != UInt8(ascii: "#") })
    }

    private static func path(of target: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: target.prefix { $0 != UInt8(ascii: "?") })
    }

    /// Takes a value that is told; false when another was told before.
    private static func agrees(_ known: inout UnsafeRawBufferPointer?, _ value: UnsafeRawBufferPointer) -> Bool {
        guard let before = known else {
            known = value
            return true
        }
        return before.elementsEqual(value)
    }
}
