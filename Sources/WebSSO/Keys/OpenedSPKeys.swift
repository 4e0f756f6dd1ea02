import FoundationEssentials
import SAML
import SAMLBindings
import Storage
package import Workspaces
import XMLSecurity

/// Portico's own SAML keys, ready for use.
package struct OpenedSPKeys: Sendable {
    /// Which key does what when.
    package let schedule: SPKeySchedule
    private let signers: [SPKeyID: MessageSigner]
    private let decryptionKeys: [SPKeyID: DecryptionKey]

    /// Reads the private keys.
    ///
    /// - Throws: The failure of the cryptography library, or `CertificateRejection`.
    init(_ materials: [SPKeyMaterial]) throws {
        var signers: [SPKeyID: MessageSigner] = [:]
        var decryptionKeys: [SPKeyID: DecryptionKey] = [:]
        for material in materials {
            let privateKey = try SigningKey(pem: String(decoding: material.privateKey, as: UTF8.self))
            switch material.key.use {
            case .signing:
                signers[material.key.id] = MessageSigner(
                    key: privateKey,
                    certificate: try SigningCertificate(der: material.key.certificate)
                )
            case .encryption:
                decryptionKeys[material.key.id] = try DecryptionKey(privateKey)
            }
        }
        self.schedule = SPKeySchedule(materials.map(\.key))
        self.signers = signers
        self.decryptionKeys = decryptionKeys
    }

    private init(
        schedule: SPKeySchedule,
        signers: [SPKeyID: MessageSigner],
        decryptionKeys: [SPKeyID: DecryptionKey]
    ) {
        self.schedule = schedule
        self.signers = signers
        self.decryptionKeys = decryptionKeys
    }

    /// Those that a schedule has too, with the times that it says.
    func restricted(to schedule: SPKeySchedule) -> OpenedSPKeys {
        let kept = schedule.keys.filter { self.signers[$0.id] != nil || self.decryptionKeys[$0.id] != nil }
        return OpenedSPKeys(
            schedule: SPKeySchedule(kept),
            signers: self.signers,
            decryptionKeys: self.decryptionKeys
        )
    }

    /// Who signs at a time.
    func signer(at now: Date) -> MessageSigner? {
        self.schedule.signing(at: now).flatMap { self.signers[$0.id] }
    }

    /// What decrypts at a time, the newest key first.
    func decrypting(at now: Date) -> [DecryptionKey] {
        self.schedule.decrypting(at: now).compactMap { self.decryptionKeys[$0.id] }
    }

    /// What metadata says of the keys at a time.
    func descriptors(at now: Date) -> [KeyDescriptor] {
        self.schedule.published(.signing, at: now).map { KeyDescriptor(use: .signing, certificate: $0.certificate) }
            + self.schedule.published(.encryption, at: now)
            .map { KeyDescriptor(use: .encryption, certificate: $0.certificate) }
    }
}
