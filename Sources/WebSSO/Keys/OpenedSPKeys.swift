package import FoundationEssentials
import Storage
package import Workspaces
package import XMLSecurity

/// Portico's own SAML keys, ready for use.
package struct OpenedSPKeys: Sendable {
    /// Which key does what when.
    package let schedule: SPKeySchedule
    private let privateKeys: [SPKeyID: SigningKey]

    /// Reads the private keys.
    ///
    /// - Throws: The failure of the cryptography library.
    init(_ materials: [SPKeyMaterial]) throws(SigningKeyFailure) {
        var privateKeys: [SPKeyID: SigningKey] = [:]
        for material in materials {
            privateKeys[material.key.id] = try SigningKey(pem: String(decoding: material.privateKey, as: UTF8.self))
        }
        self.schedule = SPKeySchedule(materials.map(\.key))
        self.privateKeys = privateKeys
    }

    /// The key that signs at a time.
    package func signingKey(at now: Date) -> SigningKey? {
        self.schedule.signing(at: now).flatMap { self.privateKeys[$0.id] }
    }
}
