import Testing
import Workspaces

@Suite("secrets in cookies")
struct SessionTokenTests {
    /// Counts up, so that a test knows the bits.
    private struct Counter: RandomNumberGenerator {
        var word: UInt64 = 0x0001_0203_0405_0607

        mutating func next() -> UInt64 {
            defer { self.word += 0x0808_0808_0808_0808 }
            return self.word
        }
    }

    @Test("S1 a token is 32 bytes in base64url, and its hash the SHA-256 of the bytes")
    func knownAnswer() throws {
        var generator = Counter()
        let token = SessionToken.random(using: &generator)
        // The bytes 00 01 … 1f; the digest is that of `sha256sum`.
        #expect(token.cookieValue == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        let digest: [UInt8] = [
            0x63, 0x0d, 0xcd, 0x29, 0x66, 0xc4, 0x33, 0x66, 0x91, 0x12, 0x54, 0x48, 0xbb, 0xb2, 0x5b, 0x4f,
            0xf4, 0x12, 0xa4, 0x9c, 0x73, 0x2d, 0xb2, 0xc8, 0xab, 0xc1, 0xb8, 0x58, 0x1b, 0xd7, 0x10, 0xdd,
        ]
        #expect(token.hash.bytes == digest)
        #expect(SessionTokenHash(bytes: digest) == token.hash)
    }

    @Test("S1 a cookie's value leads to the same hash")
    func roundTrip() throws {
        for _ in 0..<50 {
            let token = SessionToken.random()
            let again = try #require(SessionToken(cookieValue: token.cookieValue))
            #expect(again.hash == token.hash)
            let key = BrowserKey.random()
            #expect(BrowserKey(cookieValue: key.cookieValue)?.hash == key.hash)
        }
    }

    @Test(
        "S1 other texts are no token",
        arguments: [
            "", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHhA8",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH/8",
            " AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHé8",
        ]
    )
    func refused(_ text: String) {
        #expect(SessionToken(cookieValue: text) == nil)
    }

    @Test("S1 tokens differ, and a hash wants 32 bytes")
    func distinct() {
        #expect(SessionToken.random().hash != SessionToken.random().hash)
        #expect(SessionTokenHash(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(BrowserHash(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }

    @Test("no interpolation and no dump reveals a secret")
    func hidden() {
        let token = SessionToken.random()
        var dumped = ""
        dump(token, to: &dumped)
        #expect("\(token)" == "SessionToken(hidden)")
        #expect(String(reflecting: token) == "SessionToken(hidden)")
        #expect(!dumped.contains(token.cookieValue))
        #expect(!dumped.contains("words"))
    }
}
