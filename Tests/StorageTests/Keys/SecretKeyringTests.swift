import Storage
import Testing

@Suite("Secrets at rest")
struct SecretKeyringTests {
    private static let value: [UInt8] = Array("a private key".utf8)
    private static let owner: [UInt8] = Array("row 1".utf8)

    private func keyring(_ bytes: UInt8...) throws -> SecretKeyring {
        try #require(SecretKeyring(bytes.map { [UInt8](repeating: $0, count: SecretKeyring.keyLength) }))
    }

    @Test func opensWhatItSealed() throws {
        let keyring = try self.keyring(1)
        let sealed = try keyring.seal(Self.value, for: Self.owner)
        #expect(try keyring.open(sealed, for: Self.owner) == Self.value)
        #expect(sealed.secretKeyID == keyring.currentID)
    }

    @Test func neverMakesTheSameBytesTwice() throws {
        let keyring = try self.keyring(1)
        let sealed = try (0..<20).map { _ in try keyring.seal(Self.value, for: Self.owner).bytes }
        #expect(Set(sealed).count == sealed.count)
        #expect(Set(sealed.map { Array($0.prefix(12)) }).count == sealed.count)
    }

    @Test func theFirstKeySealsAndEveryKeyOpens() throws {
        let old = try self.keyring(1).seal(Self.value, for: Self.owner)
        let both = try self.keyring(2, 1)
        #expect(try both.open(old, for: Self.owner) == Self.value)
        let new = try both.seal(Self.value, for: Self.owner)
        #expect(try self.keyring(2).open(new, for: Self.owner) == Self.value)
    }

    @Test func anotherKeyIsToldApartFromAChange() throws {
        let sealed = try self.keyring(1).seal(Self.value, for: Self.owner)
        #expect(throws: SealingFailure.unknownSecretKey(id: sealed.secretKeyID)) {
            try self.keyring(2).open(sealed, for: Self.owner)
        }
    }

    @Test func aChangeAnywhereIsFound() throws {
        let keyring = try self.keyring(1)
        let sealed = try keyring.seal(Self.value, for: Self.owner)
        for index in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[index] ^= 1
            let changed = SealedSecret(secretKeyID: sealed.secretKeyID, bytes: bytes)
            #expect(throws: SealingFailure.altered) { try keyring.open(changed, for: Self.owner) }
        }
        #expect(throws: SealingFailure.altered) { try keyring.open(sealed, for: Array("row 2".utf8)) }
        let short = SealedSecret(secretKeyID: sealed.secretKeyID, bytes: [1, 2, 3])
        #expect(throws: SealingFailure.altered) { try keyring.open(short, for: Self.owner) }
    }

    @Test func keysOfAnotherLengthAreNone() {
        #expect(SecretKeyring([]) == nil)
        #expect(SecretKeyring([[UInt8](repeating: 1, count: 31)]) == nil)
        #expect(SecretKeyring([[UInt8](repeating: 1, count: 32), []]) == nil)
    }

    @Test func showsItselfNowhere() throws {
        let keyring = try self.keyring(65)
        var dumped = ""
        dump(keyring, to: &dumped)
        #expect(!"\(keyring) \(String(reflecting: keyring)) \(dumped)".contains("65"))
    }
}
