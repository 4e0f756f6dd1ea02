@testable import XMLSecurity

extension AlgorithmPolicy {
    /// What other projects' old test messages were signed with; nothing but a test can name it.
    static let legacy = AlgorithmPolicy(
        signatures: Set(SignatureAlgorithm.allCases),
        digests: Set(DigestAlgorithm.allCases),
        rsaBits: 1024...8192
    )
}
