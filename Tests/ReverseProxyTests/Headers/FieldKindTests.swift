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

    /// Names are compared eight bytes at once: what stands for a hyphen must do so wherever it stands.
    @Test(
        "tell twins by each hyphen, and letters in any case",
        arguments: [
            ("keep-alive", FieldKind.hopByHop), ("proxy-connection", .hopByHop), ("proxy-authorization", .hopByHop),
            ("http2-settings", .hopByHop), ("set-cookie", .setCookie), ("sec-fetch-mode", .fetchMode),
            ("content-length", .contentLength), ("transfer-encoding", .transferEncoding),
            ("x-forwarded-for", .forwardedFor), ("x-forwarded-proto", .forwardedProto),
            ("x-forwarded-host", .forwardedHost), ("x-forwarded-prefix", .forwarding), ("x-real-ip", .forwarding),
            ("x-original-url", .forwarding), ("x-rewrite-url", .forwarding), ("x-request-id", .requestID),
            ("host", .host), ("connection", .connection), ("upgrade", .upgrade), ("expect", .expect),
            ("cookie", .cookie), ("proxy", .proxy), ("accept", .accept), ("te", .hopByHop), ("forwarded", .forwarding),
        ]
    )
    func tellsTwins(_ name: String, _ kind: FieldKind) {
        let name = Array(name.utf8)
        for index in name.indices {
            for byte in UInt8(0x21)...0x7E {
                var other = name
                other[index] = byte
                let isSame = byte == name[index] || (0x41...0x5A).contains(byte) && byte | 0x20 == name[index]
                let isLetterOrDigit =
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                let isTwin = name[index] == UInt8(ascii: "-") && byte != name[index] && !isLetterOrDigit
                let told = other.withUnsafeBytes(FieldKind.of)
                if isSame { #expect(told == kind, "\(String(decoding: other, as: UTF8.self))") }
                if isTwin { #expect(told == .twin, "\(String(decoding: other, as: UTF8.self))") }
                // A name that begins like a kind of its own stays one.
                if !isSame, !isTwin, !name.starts(with: "x-forwarded".utf8) {
                    #expect(told == .other, "\(String(decoding: other, as: UTF8.self))")
                }
            }
        }
    }
}
