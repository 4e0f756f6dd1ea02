import Testing
import Workspaces

@Suite("passphrases")
struct PassphraseTests {
    private static let cheap = PassphraseHash.Cost(rounds: 2, blockSize: 1, parallelism: 1)

    @Test("RFC 7914, section 12")
    func knownAnswer() throws {
        let digest: [UInt8] = [
            0xfd, 0xba, 0xbe, 0x1c, 0x9d, 0x34, 0x72, 0x00, 0x78, 0x56, 0xe7, 0x19, 0x0d, 0x01, 0xe9, 0xfe, 0x7c, 0x6a,
            0xd7, 0xcb, 0xc8, 0x23, 0x78, 0x30, 0xe7, 0x73, 0x76, 0x63, 0x4b, 0x37, 0x31, 0x62,
        ]
        let cost = PassphraseHash.Cost(rounds: 1024, blockSize: 8, parallelism: 16)
        let hash = PassphraseHash(cost: cost, salt: Array("NaCl".utf8), digest: digest)
        #expect(try hash.matches(Passphrase(typed: "password")))
        #expect(try !hash.matches(Passphrase(typed: "Password")))
        #expect(try !hash.matches(Passphrase(typed: "")))
    }

    @Test func aHashIsOfOnePassphraseInWhicheverForm() throws {
        let hash = try PassphraseHash(of: Passphrase(typed: "caf\u{E9} au lait, twice"), cost: Self.cheap)
        #expect(try hash.matches(Passphrase(typed: "cafe\u{301} au lait, twice")))
        #expect(try !hash.matches(Passphrase(typed: "cafe au lait, twice")))
        #expect(try PassphraseHash(of: Passphrase(typed: "caf\u{E9} au lait, twice"), cost: Self.cheap) != hash)
        #expect(try !PassphraseHash.ofNobody(cost: Self.cheap).matches(Passphrase(typed: "")))
    }

    @Test func neitherShowsItself() {
        let passphrase = Passphrase(typed: "a long and secret one")
        #expect(!"\(passphrase)".contains("secret"))
        #expect(!String(reflecting: passphrase).contains("secret"))
        #expect(!"\(OneTimeCodeSecret.random())".contains("bytes"))
    }

    @Test(arguments: [
        ("correct horse battery", nil),
        ("fourteen chars", PassphraseRule.Refusal.tooShort),
        (String(repeating: "0123456789abcdef", count: 8) + "g", .tooLong),
        ("ababababababababab", .repetitive),
        ("ann@company-a.example1", .namesSomething),
        ("Company A Company-A 1", .namesSomething),
        ("passwordpassword", .guessable),
        ("Password password 1", .guessable),
        ("123456789012345", .guessable),
        ("qwertyuiop asdfghjkl", .guessable),
        ("1q2w3e4r5t6y7u8", .guessable),
        ("ponies ponies ponies", .guessable),
        ("lkjhgfdsa-letmein-2026", .guessable),
        ("ponies in a password", nil),
        ("0451 horses at dawn", nil),
    ])
    func rule(_ text: String, _ refusal: PassphraseRule.Refusal?) throws {
        let workspace = try SampleSignIn().workspace
        let email = try #require(Email("ann@company-a.example"))
        let check = { _ = try PassphraseRule.check(text, repetition: text, email: email, workspace: workspace) }
        if let refusal {
            #expect(throws: refusal) { try check() }
        } else {
            try check()
            #expect(throws: PassphraseRule.Refusal.different) {
                try PassphraseRule.check(text, repetition: text + "x", email: email, workspace: workspace)
            }
        }
    }
}
