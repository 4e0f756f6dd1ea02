import Testing

@testable import XMLSecurity

/// SEC 1, 4.1.6: a signature determines the keys that can have made it.
struct ECDSAKeyRecoveryTests {
    struct Pairing: Sendable, CustomTestStringConvertible {
        let kind: SigningKey.Kind
        let curve: EllipticCurve
        let digest: DigestAlgorithm

        var testDescription: String { "\(self.curve.rawValue), \(self.digest)" }

        static let all = [
            (SigningKey.Kind.p256, EllipticCurve.p256), (.p384, .p384), (.p521, .p521),
        ]
        .flatMap { kind, curve in
            [DigestAlgorithm.sha256, .sha384, .sha512].map { Pairing(kind: kind, curve: curve, digest: $0) }
        }
    }

    private static let octets = Array("what was signed".utf8)

    @Test(arguments: Pairing.all)
    func findsTheKeyThatSigned(_ pairing: Pairing) throws {
        let key = try SigningKey.generate(pairing.kind)
        let point = try #require(try Message.certificate(of: key).key.point)
        #expect(point.curve == pairing.curve)
        for number in 0..<8 {
            let octets = Self.octets + [UInt8(number)]
            let value = try key.sign(octets, digest: pairing.digest)
            let digest = try #require(pairing.digest.digest(octets))
            let keys = try #require(ECDSAKeyRecovery.keys(on: pairing.curve, digest: digest, value: value))
            #expect(keys.contains(point.coordinates))
            #expect(keys.count <= 4)
            #expect(keys.allSatisfy { $0.count == 2 * pairing.curve.byteCount })
        }
    }

    @Test(arguments: Pairing.all)
    func findsAnotherKeyForOtherBytes(_ pairing: Pairing) throws {
        let key = try SigningKey.generate(pairing.kind)
        let point = try #require(try Message.certificate(of: key).key.point)
        let value = try key.sign(Self.octets, digest: pairing.digest)
        let digest = try #require(pairing.digest.digest(Self.octets + [0]))
        let keys = try #require(ECDSAKeyRecovery.keys(on: pairing.curve, digest: digest, value: value))
        #expect(!keys.contains(point.coordinates))
    }

    /// Whoever chooses the point of a signature can make one of its two keys the point at infinity, which must not look like
    /// a failure: then every pinned key would be tried.
    @Test func leavesThePointAtInfinityOut() throws {
        let digest = try #require(DigestAlgorithm.sha256.digest(Self.octets))
        // SEC 2, 2.4.2: the first coordinate of the generator of P-256.
        let generator: [UInt8] = [
            0x6B, 0x17, 0xD1, 0xF2, 0xE1, 0x2C, 0x42, 0x47, 0xF8, 0xBC, 0xE6, 0xE5, 0x63, 0xA4, 0x40, 0xF2, 0x77, 0x03,
            0x7D, 0x81, 0x2D, 0xEB, 0x33, 0xA0, 0xF4, 0xA1, 0x39, 0x45, 0xD8, 0x98, 0xC2, 0x96,
        ]
        let keys = try #require(ECDSAKeyRecovery.keys(on: .p256, digest: digest, value: generator + digest))
        #expect(keys.count == 1)
        #expect(keys.allSatisfy { $0.count == 64 })
    }

    @Test func stopsAtAKnownKey() throws {
        let digest = try #require(DigestAlgorithm.sha256.digest(Self.octets))
        let value = try SigningKey.generate(.p256).sign(Self.octets, digest: .sha256)
        let keys = try #require(ECDSAKeyRecovery.keys(on: .p256, digest: digest, value: value))
        #expect(keys.count == 2)
        for key in keys {
            let found = try #require(
                ECDSAKeyRecovery.keys(on: .p256, digest: digest, value: value, known: [key])
            )
            #expect(found.contains(key))
        }
    }

    @Test(arguments: [EllipticCurve.p256, .p384, .p521])
    func findsNoneForAValueThatIsValidUnderNone(_ curve: EllipticCurve) throws {
        let digest = try #require(DigestAlgorithm.sha256.digest(Self.octets))
        let one = [UInt8](repeating: 0, count: curve.byteCount - 1) + [1]
        let zero = [UInt8](repeating: 0, count: curve.byteCount)
        let large = [UInt8](repeating: 0xFF, count: curve.byteCount)
        for value in [zero + one, one + zero, large + one, one + large, [], one, one + one + [0]] {
            #expect(ECDSAKeyRecovery.keys(on: curve, digest: digest, value: value) == [])
        }
    }
}
