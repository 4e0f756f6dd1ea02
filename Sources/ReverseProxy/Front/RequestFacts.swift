/// What a decision needs to know of the header lines, gathered in one look at them.
struct RequestFacts {
    /// The value of the session cookie.
    private(set) var sessionCookie: UnsafeRawBufferPointer?
    /// Whether there are cookies that do not pass.
    private(set) var hasReservedCookies = false
    /// The request id that the peer gave.
    private(set) var requestID: UnsafeRawBufferPointer?
    /// Whether the client waits for `100 Continue` before it sends the body, or says so.
    private(set) var expectsContinue = false
    /// Whether there is an expectation other than `100-continue`.
    private(set) var hasUnknownExpectation = false
    /// What `Upgrade` asks for.
    private(set) var upgrade = UpgradeOffer.none
    /// Whether a browser navigates: `Sec-Fetch-Mode: navigate` or, without that header, an `Accept` that has `text/html`
    /// (interface.md section 3).
    private(set) var isNavigation = false

    /// Looks at the lines of a head.
    init(head: UnsafeRawBufferPointer, lines: FieldLines, settings: ProxySettings) {
        var hasFetchMode = false
        var acceptsHTML = false
        for line in lines where line.kind != .other {
            switch line.kind {
            case .cookie:
                let found = CookieHeader(bytes: line.value(in: head))
                    .find(
                        settings.sessionCookieName,
                        reserved: settings.reservedCookiePrefixes
                    )
                if self.sessionCookie == nil { self.sessionCookie = found.value }
                if found.hasReserved { self.hasReservedCookies = true }
            case .requestID:
                self.requestID = line.value(in: head)
            case .expect:
                if CaseInsensitive.equal(line.value(in: head), "100-continue") {
                    self.expectsContinue = true
                } else {
                    self.hasUnknownExpectation = true
                }
            case .upgrade:
                self.upgrade.note(line.value(in: head))
            case .fetchMode:
                hasFetchMode = true
                if CaseInsensitive.equal(line.value(in: head), "navigate") { self.isNavigation = true }
            case .accept:
                if Self.contains(line.value(in: head), "text/html") { acceptsHTML = true }
            case .other, .host, .contentLength, .transferEncoding, .connection, .hopByHop, .setCookie, .identity,
                .forwardedFor, .forwardedProto, .forwardedHost, .forwarding, .proxy, .twin:
                break
            }
        }
        if !hasFetchMode, acceptsHTML { self.isNavigation = true }
    }

    private static func contains(_ value: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        var position = 0
        while position + text.utf8CodeUnitCount <= value.count {
            if CaseInsensitive.begins(UnsafeRawBufferPointer(rebasing: value[position...]), text) { return true }
            position += 1
        }
        return false
    }
}
