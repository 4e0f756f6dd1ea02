import GatewayHTTP
import HTTPTypes
import Testing

@Suite("Cookies")
struct PorticoCookiesTests {
    private let secure = PorticoCookies(mode: .hostPrefixed)
    private let insecure = PorticoCookies(mode: .insecureHTTP)

    @Test func areHostPrefixedAndSecure() {
        #expect(
            self.secure.settingSession("t")
                == "__Host-portico_session=t; Path=/; Secure; HttpOnly; SameSite=Lax"
        )
        #expect(
            self.secure.clearingSession
                == "__Host-portico_session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"
        )
        #expect(
            self.secure.settingBrowserKey("k")
                == "__Host-portico_pre=k; Max-Age=600; Path=/; Secure; HttpOnly; SameSite=None"
        )
    }

    @Test func dropThePrefixAndSecureOnPlainHTTPOnly() {
        #expect(self.insecure.settingSession("t") == "portico_session=t; Path=/; HttpOnly; SameSite=Lax")
        #expect(self.insecure.settingBrowserKey("k") == "portico_pre=k; Max-Age=600; Path=/; HttpOnly")
    }

    @Test(
        arguments: [
            (["__Host-portico_session=abc"], "abc"),
            (["a=b; __Host-portico_session=abc;c=d"], "abc"),
            (["a=b", "__Host-portico_session=abc"], "abc"),
            (["__Host-portico_session=abc; __Host-portico_session=def"], nil),
            (["__Host-portico_session"], nil),
            (["__host-portico_session=abc"], nil),
            (["portico_session=abc"], nil),
            (["a=\u{301}b; \u{301}=c;\u{301}__Host-portico_session=x; __Host-portico_session=abc"], "abc"),
            (["a=b;\u{301}; __Host-portico_session=abc"], "abc"),
            (["a=b;__Host-portico_session=\u{301}abc"], "\u{301}abc"),
            (["x__Host-portico_session=abc"], nil),
            ([], nil),
        ] as [([String], String?)]
    )
    func findsTheOnlyOneOfTheName(lines: [String], value: String?) {
        var headers = HTTPFields()
        for line in lines { headers.append(HTTPField(name: .cookie, value: line)) }
        #expect(self.secure.session(in: headers) == value)
    }
}
