/// Which of the pinned keys made a signature value.
extension SignatureVerifier {
    /// The most work of one verification, in verifications with RSA of 2,048 bits.
    ///
    /// That of eight keys of 8,192 bits, a workspace's certificates at their longest: 3 ms (`openssl speed rsa2048`).
    static let maximumWork = 128

    /// From so many keys on one curve on, the signature is asked whose it is before the keys are tried.
    private static let recoveryCount = 3

    /// Whether any certificate has a key that the method can be used with.
    func hasKey(for algorithm: SignatureAlgorithm) -> Bool {
        self.certificates.contains { self.isUsable($0, for: algorithm) }
    }

    /// The certificate whose key made a signature value over bytes; the likely one is tried before all others.
    ///
    /// - Throws: `tooManyCertificates` when trying them is more than ``maximumWork``.
    func signer(
        of bytes: [UInt8],
        value: [UInt8],
        algorithm: SignatureAlgorithm
    ) throws(SignatureRejection) -> SigningCertificate? {
        if let likely, self.isUsable(likely, for: algorithm),
            likely.key.verifies(bytes, value: value, algorithm: algorithm)
        {
            return likely
        }
        let usable = self.certificates.filter {
            $0 != self.likely && self.isUsable($0, for: algorithm) && $0.key.canHaveMade(value)
        }
        guard usable.reduce(0, { $0 + $1.key.verificationWork }) <= Self.maximumWork else { throw .tooManyCertificates }
        return self.possibleSigners(among: usable, of: bytes, value: value, algorithm: algorithm)
            .first { $0.key.verifies(bytes, value: value, algorithm: algorithm) }
    }

    private func isUsable(_ certificate: SigningCertificate, for algorithm: SignatureAlgorithm) -> Bool {
        certificate.key.family == algorithm.family && certificate.key.isAccepted(by: self.policy)
    }

    /// Leaves out certificates under which the value cannot be valid, where there are so many that finding out is cheaper
    /// than trying them (``ECDSAKeyRecovery``).
    private func possibleSigners(
        among certificates: [SigningCertificate],
        of bytes: [UInt8],
        value: [UInt8],
        algorithm: SignatureAlgorithm
    ) -> [SigningCertificate] {
        let points = Dictionary(grouping: certificates.compactMap(\.key.point), by: \.curve)
        var possible = certificates
        for (curve, points) in points where points.count >= Self.recoveryCount {
            let known = Set(points.map(\.coordinates))
            guard let digest = algorithm.digest.digest(bytes),
                let recovered = ECDSAKeyRecovery.keys(on: curve, digest: digest, value: value, known: known)
            else { continue }
            possible.removeAll { certificate in
                certificate.key.point.map { $0.curve == curve && !recovered.contains($0.coordinates) } ?? false
            }
        }
        return possible
    }
}
