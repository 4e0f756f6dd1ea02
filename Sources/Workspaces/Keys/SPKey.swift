import Crypto
package import FoundationEssentials

/// One of Portico's own SAML keys, without its private half.
///
/// Its states follow from its times, so no node has to do anything at the moment when one ends, and all nodes agree:
///
///     created        activeFrom                    retiresAt
///        |-- next --------|---------- active ----------|-- retired
package struct SPKey: Hashable, Sendable {
    /// How long after its making a key is published, so that every node knows it before anybody uses it.
    ///
    /// Nodes read the keys again every few seconds; one that has not done so for this long completes no sign-in either.
    package static let settlingTime = Duration.seconds(60)

    /// The identifier.
    package let id: SPKeyID
    /// What the key is for.
    package let use: SPKeyUse
    /// The self-signed certificate in DER, by which identity providers know the key.
    package let certificate: [UInt8]
    /// The end of the certificate's validity.
    package let certificateEnd: Date
    /// When the key was made.
    package let createdAt: Date
    /// From when on it signs.
    package var activeFrom: Date
    /// From when on it does nothing, exclusive; `nil` while no other key is to take its place.
    package var retiresAt: Date?

    /// Puts a key together.
    package init(
        id: SPKeyID,
        use: SPKeyUse,
        certificate: [UInt8],
        certificateEnd: Date,
        createdAt: Date,
        activeFrom: Date,
        retiresAt: Date? = nil
    ) {
        self.id = id
        self.use = use
        self.certificate = certificate
        self.certificateEnd = certificateEnd
        self.createdAt = createdAt
        self.activeFrom = activeFrom
        self.retiresAt = retiresAt
    }

    /// Where the key is in its life.
    package func state(at now: Date) -> SPKeyState {
        if let retiresAt, now >= retiresAt { return .retired }
        return now < self.activeFrom ? .next : .active
    }

    /// The SHA-256 fingerprint of the certificate, `AB:CD:…`, which administrators of identity providers compare.
    package var sha256Fingerprint: String {
        let digits = Array("0123456789ABCDEF")
        return SHA256.hash(data: self.certificate).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }
            .joined(separator: ":")
    }
}
