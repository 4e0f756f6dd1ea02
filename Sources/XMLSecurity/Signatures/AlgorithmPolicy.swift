/// The floor under algorithms and keys.
///
/// There is one policy, `standard`; no setting changes it. Nothing outside this module can name another, so that an old
/// message can be read in a test and nowhere else.
struct AlgorithmPolicy: Hashable, Sendable {
    /// The signature methods that are accepted.
    let signatures: Set<SignatureAlgorithm>
    /// The digest methods that are accepted.
    let digests: Set<DigestAlgorithm>
    /// The lengths of RSA moduli that are accepted, in bits.
    let rsaBits: ClosedRange<Int>

    /// SHA-256 or better; RSA of 2048 to 8192 bits, or one of the three NIST curves.
    static let standard = AlgorithmPolicy(
        signatures: Set(SignatureAlgorithm.allCases).subtracting([.rsaSHA1]),
        digests: Set(DigestAlgorithm.allCases).subtracting([.sha1]),
        rsaBits: 2048...8192
    )
}
