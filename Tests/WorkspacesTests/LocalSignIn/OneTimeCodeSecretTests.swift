import FoundationEssentials
import Testing
import Workspaces

@Suite("codes of authenticator apps (RFC 6238)")
struct OneTimeCodeSecretTests {
    /// The secret of RFC 6238, appendix B.
    private let secret = OneTimeCodeSecret(bytes: Array("12345678901234567890".utf8))

    @Test(
        "RFC 6238, appendix B, the last six digits",
        arguments: [
            (59.0, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ]
    )
    func knownAnswers(_ seconds: TimeInterval, _ code: String) throws {
        let secret = try #require(self.secret)
        let time = Date(timeIntervalSince1970: seconds)
        let step = OneTimeCodeSecret.step(at: time)
        #expect(secret.code(step: step) == code)
        #expect(secret.step(of: code, now: time) == step)
        #expect(secret.step(of: code.prefix(3) + " " + code.suffix(3), now: time) == step)
    }

    @Test(
        "one step of drift, either way, and no more",
        arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)]
    )
    func drift(_ steps: Int, _ isTaken: Bool) throws {
        let secret = try #require(self.secret)
        let now = Date(timeIntervalSince1970: 1_800_000_010)
        let step = OneTimeCodeSecret.step(at: now) + steps
        #expect(secret.step(of: secret.code(step: step), now: now) == (isTaken ? step : nil))
    }

    @Test(arguments: ["", "28708", "2870820", "28708a", "２８７０８２"])
    func anythingElseIsNoCode(_ text: String) throws {
        #expect(try #require(self.secret).step(of: text, now: Date(timeIntervalSince1970: 59)) == nil)
    }

    @Test func isWrittenAndReadAsBase32() throws {
        let secret = try #require(self.secret)
        #expect(secret.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(OneTimeCodeSecret(base32: "gezd gnbv gy3t qojq gezd gnbv gy3t qojq")?.bytes == secret.bytes)
        #expect(OneTimeCodeSecret(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1") == nil)
        #expect(OneTimeCodeSecret(base32: "GEZDGNBVGY3TQOJQ") == nil)
        #expect(
            secret.uri(site: "apps.example.com", account: "company-a (ann@company-a.example)")
                == "otpauth://totp/apps.example.com:company-a%20%28ann%40company-a.example%29"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=apps.example.com&algorithm=SHA1&digits=6&period=30"
        )
    }
}
