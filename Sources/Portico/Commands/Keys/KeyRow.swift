import Foundation
import Storage
import Workspaces
import XMLSecurity

/// One of Portico's own keys as `keys list` shows it: a SAML key, or one of the identity token.
struct KeyRow: Encodable {
    /// The identifier; of the identity token's the `kid`.
    let id: String
    let use: String
    let state: String
    let createdAt: Date
    let activeFrom: Date
    /// From when on another key signs, where the key goes on being published after that.
    let signsUntil: Date?
    let retiresAt: Date?
    let certificateEnd: Date?
    let sha256Fingerprint: String?
    let certificate: String?

    init(_ key: SPKey, now: Date) throws(CertificateRejection) {
        self.id = key.id.description
        self.use = key.use.rawValue
        self.state = key.state(at: now).rawValue
        self.createdAt = key.createdAt
        self.activeFrom = key.activeFrom
        self.signsUntil = nil
        self.retiresAt = key.retiresAt
        self.certificateEnd = key.certificateEnd
        self.sha256Fingerprint = key.sha256Fingerprint
        self.certificate = try SigningCertificate(der: key.certificate).pem
    }

    init(_ key: IdentityKey, now: Date) {
        self.id = key.id.description
        self.use = "identity"
        self.state = key.state(at: now).rawValue
        self.createdAt = key.createdAt
        self.activeFrom = key.activeFrom
        self.signsUntil = key.signsUntil
        self.retiresAt = key.retiresAt
        self.certificateEnd = nil
        self.sha256Fingerprint = nil
        self.certificate = nil
    }

    /// What somebody compares by eye: the fingerprint of the certificate, or the `kid`.
    var recognition: String { self.sha256Fingerprint ?? self.id }

    /// The rows of all keys, by use and age, with their states at a time.
    static func all(in context: OperatorContext, at now: Date) async throws -> [KeyRow] {
        let saml = try await SPKeyStore(pool: context.pool).schedule().keys.map { try KeyRow($0, now: now) }
        let identity = try await IdentityKeyStore(pool: context.pool).schedule().keys.map { KeyRow($0, now: now) }
        return (saml + identity).sorted { ($0.use, $0.createdAt) < ($1.use, $1.createdAt) }
    }
}
