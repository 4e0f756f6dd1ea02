import Foundation
import Storage
import Workspaces
import XMLSecurity

/// One of Portico's own SAML keys as `keys list` shows it.
struct SPKeyRow: Encodable {
    let id: String
    let use: String
    let state: String
    let createdAt: Date
    let activeFrom: Date
    let retiresAt: Date?
    let certificateEnd: Date
    let sha256Fingerprint: String
    let certificate: String

    init(_ key: SPKey, now: Date) throws(CertificateRejection) {
        self.id = key.id.description
        self.use = key.use.rawValue
        self.state = key.state(at: now).rawValue
        self.createdAt = key.createdAt
        self.activeFrom = key.activeFrom
        self.retiresAt = key.retiresAt
        self.certificateEnd = key.certificateEnd
        self.sha256Fingerprint = key.sha256Fingerprint
        self.certificate = try SigningCertificate(der: key.certificate).pem
    }

    /// The rows of all keys, by use and age, with their states at a time.
    static func all(in context: OperatorContext, at now: Date) async throws -> [SPKeyRow] {
        try await SPKeyStore(pool: context.pool).schedule().keys
            .sorted { ($0.use.rawValue, $0.createdAt) < ($1.use.rawValue, $1.createdAt) }
            .map { try SPKeyRow($0, now: now) }
    }
}
