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
