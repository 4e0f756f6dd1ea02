import Testing

@testable import ReverseProxy

@Suite("Kinds of header lines")
struct FieldKindTests {
    @Test(
        "tells kinds",
        arguments: [
            ("X-Forwarded-User", FieldKind.identity), ("x_forwarded_email", .identity),
            ("X-FORWARDED_GROUPS", .identity),
            ("X-Forwarded-Preferred-Username", .identity), ("X-Portico-Anything", .identity),
            ("x_portico-role", .identity),
            ("X-Auth-Request-User", .identity), ("Remote-User", .identity), ("REMOTE_NAME", .identity),
            ("X-Forwarded-For", .forwardedFor), ("X_Forwarded_For", .twin), ("Content_Length", .twin),
            ("Transfer_Encoding", .twin), ("X-Request-Id", .requestID), ("X_Request_Id", .twin),
            ("Forwarded", .forwarding),
            ("X-Real-IP", .forwarding), ("X-Forwarded-Port", .forwarding), ("Keep-Alive", .hopByHop),
            ("keep_alive", .twin),
            ("TE", .hopByHop), ("Trailer", .other), ("X-Port", .other), ("Set-Cookie", .setCookie), ("Cookies", .other),
            ("Accept", .accept), ("Sec-Fetch-Mode", .fetchMode), ("Proxy-Authorization", .hopByHop), ("Proxy", .proxy),
            ("PROXY", .proxy), ("Proxy-Status", .other), ("Proxied", .other),
            ("Upgrade", .upgrade), ("Upgrade-Insecure-Requests", .other), ("Expect", .expect), ("Host", .host),
            ("X.Portico.Role", .identity), ("X~Portico~Role", .identity), ("Remote.User", .identity),
            ("Content.Length", .twin), ("Transfer!Encoding", .twin), ("X-Original-URL", .forwarding),
            ("X-Porticox", .other), ("X", .other), ("Authorization", .other),
        ]
    )
    func tellsKinds(_ name: String, _ kind: FieldKind) {
        #expect(Array(name.utf8).withUnsafeBytes(FieldKind.of) == kind)
    }
}
