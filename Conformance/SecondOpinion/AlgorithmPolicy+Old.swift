@testable import XMLSecurity

extension AlgorithmPolicy {
    /// What other projects' old messages were signed with.
    ///
    /// Only `@testable` can name it, which the package of the conformance runs allows and the one of the program does not.
    static let old = AlgorithmPolicy(
        signatures: Set(SignatureAlgorithm.allCases),
        digests: Set(DigestAlgorithm.allCases),
        rsaBits: 512...8192
    )

    /// The policy for a source.
    init(_ algorithms: Source.Algorithms) {
        switch algorithms {
        case .standard: self = .standard
        case .old: self = .old
        }
    }

    /// The lengths of keys that decrypt, in bits.
    var decryptionKeyBits: ClosedRange<Int> { self == .standard ? DecryptionKey.acceptedBits : 512...4096 }
}
