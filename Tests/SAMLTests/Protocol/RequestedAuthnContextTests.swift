import SAML
import Testing

@Suite("RequestedAuthnContext")
struct RequestedAuthnContextTests {
    @Test
    func takesNamesAndURIsEachOnce() throws {
        let context = try #require(
            RequestedAuthnContext(["TimeSyncToken", "https://refeds.org/profile/mfa", "TimeSyncToken"])
        )
        #expect(
            context.classRefs == [
                "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken", "https://refeds.org/profile/mfa",
            ]
        )
        #expect(context.contains("https://refeds.org/profile/mfa"))
        #expect(!context.contains("https://refeds.org/profile/mfa/"))
    }

    @Test(arguments: [
        "", "mfa", "timesynctoken", "urn:", ":mfa", "1urn:mfa", "urn :mfa", "urn:m fa", "urn:mfä", "urn:mfa\n",
        "urn:" + String(repeating: "x", count: 253),
    ])
    func refuses(_ classRef: String) {
        #expect(RequestedAuthnContext([classRef]) == nil)
        #expect(RequestedAuthnContext(["Password", classRef]) == nil)
    }

    @Test
    func namesOneToEightClasses() {
        let classRefs = (1...9).map { "urn:example:\($0)" }
        #expect(RequestedAuthnContext([]) == nil)
        #expect(RequestedAuthnContext(Array(classRefs.prefix(8)))?.classRefs.count == 8)
        #expect(RequestedAuthnContext(classRefs) == nil)
    }
}
