import FoundationEssentials
import SAML
import Workspaces

/// The settings of a version as they stand in its row.
///
/// What a newer version of Portico wrote that this one does not know is not read, rather than read as something else.
struct StoredSingleSignOnSettings: Codable, Sendable {
    private struct Certificate: Codable {
        let der: Data
        let fingerprint: String
        let notAfter: Double
    }

    private struct Logout: Codable {
        let url: String
        let binding: String
        let responseURL: String?
    }

    private struct Metadata: Codable {
        let url: String
        let mode: String
    }

    private struct Names: Codable {
        let email: String
        let displayName: String
        let firstName: String
        let lastName: String
        let groups: String
        let groupValues: String
        let roles: String
    }

    private let spIssuer: String
    private let acsStyle: String
    private let rolesMode: String
    private let signInURL: String
    private let issuer: String
    private let certificates: [Certificate]
    private let names: Names
    private let signaturePolicy: String
    private let signRequests: Bool
    private let requestBinding: String
    private let forceAuthn: Bool
    private let authnContexts: [String]
    private let nameIDPolicy: String
    private let sendLoginHint: Bool
    private let requireEncryption: Bool
    private let singleLogout: Logout?
    private let allowIdPInitiated: Bool
    private let metadata: Metadata?

    /// Takes settings apart.
    init(_ settings: SingleSignOnSettings) {
        let provider = settings.identityProvider
        let names = provider.attributeNames
        self.spIssuer = settings.spIssuer.value
        self.acsStyle = settings.acsStyle.rawValue
        self.rolesMode = settings.rolesMode.rawValue
        self.signInURL = provider.signInURL
        self.issuer = provider.issuer.value
        self.certificates = provider.certificates.map { certificate in
            Certificate(
                der: Data(certificate.der),
                fingerprint: certificate.sha256Fingerprint,
                notAfter: certificate.notAfter.timeIntervalSinceReferenceDate
            )
        }
        self.names = Names(
            email: names.email,
            displayName: names.displayName,
            firstName: names.firstName,
            lastName: names.lastName,
            groups: names.groups,
            groupValues: names.groupValues.rawValue,
            roles: names.roles
        )
        self.signaturePolicy = provider.signaturePolicy.rawValue
        self.signRequests = provider.signRequests
        self.requestBinding = provider.requestBinding.rawValue
        self.forceAuthn = provider.forceAuthn
        self.authnContexts = provider.requestedAuthnContext?.classRefs ?? []
        self.nameIDPolicy = provider.nameIDPolicy.rawValue
        self.sendLoginHint = provider.sendLoginHint
        self.requireEncryption = provider.requireEncryption
        self.singleLogout = provider.singleLogout.map { service in
            Logout(url: service.url, binding: service.binding.rawValue, responseURL: service.responseURL)
        }
        self.allowIdPInitiated = provider.allowIdPInitiated
        self.metadata = provider.metadataSource.map { Metadata(url: $0.url, mode: $0.mode.rawValue) }
    }

    /// The settings again.
    ///
    /// - Throws: ``StoredValueError`` for a value that this version does not know.
    func restored() throws(StoredValueError) -> SingleSignOnSettings {
        let names = AttributeNames(
            email: self.names.email,
            displayName: self.names.displayName,
            firstName: self.names.firstName,
            lastName: self.names.lastName,
            groups: self.names.groups,
            groupValues: try Self.known(GroupValues(rawValue: self.names.groupValues)),
            roles: self.names.roles
        )
        var authnContext: RequestedAuthnContext?
        if !self.authnContexts.isEmpty { authnContext = try Self.known(RequestedAuthnContext(self.authnContexts)) }
        let provider = IdentityProviderConfiguration(
            enabled: false,
            signInURL: self.signInURL,
            issuer: try Self.known(EntityID(self.issuer)),
            certificates: self.certificates.map { certificate in
                PinnedCertificate(
                    der: Array(certificate.der),
                    sha256Fingerprint: certificate.fingerprint,
                    notAfter: Date(timeIntervalSinceReferenceDate: certificate.notAfter)
                )
            },
            attributeNames: names,
            signaturePolicy: try Self.known(SignaturePolicy(rawValue: self.signaturePolicy)),
            signRequests: self.signRequests,
            requestBinding: try Self.known(RequestBinding(rawValue: self.requestBinding)),
            forceAuthn: self.forceAuthn,
            requestedAuthnContext: authnContext,
            nameIDPolicy: try Self.known(NameIDPolicy(rawValue: self.nameIDPolicy)),
            sendLoginHint: self.sendLoginHint,
            requireEncryption: self.requireEncryption,
            singleLogout: try self.restoredLogout(),
            allowIdPInitiated: self.allowIdPInitiated,
            metadataSource: try self.restoredMetadata()
        )
        return SingleSignOnSettings(
            spIssuer: try Self.known(EntityID(self.spIssuer)),
            acsStyle: try Self.known(AssertionConsumerServiceStyle(rawValue: self.acsStyle)),
            rolesMode: try Self.known(RolesMode(rawValue: self.rolesMode)),
            identityProvider: provider
        )
    }

    private func restoredLogout() throws(StoredValueError) -> SingleLogoutService? {
        guard let singleLogout = self.singleLogout else { return nil }
        return SingleLogoutService(
            url: singleLogout.url,
            binding: try Self.known(RequestBinding(rawValue: singleLogout.binding)),
            responseURL: singleLogout.responseURL
        )
    }

    private func restoredMetadata() throws(StoredValueError) -> MetadataSource? {
        guard let metadata = self.metadata else { return nil }
        let mode = try Self.known(MetadataRefreshMode(rawValue: metadata.mode))
        return try Self.known(MetadataSource(url: metadata.url, mode: mode))
    }

    private static func known<Value>(_ value: Value?) throws(StoredValueError) -> Value {
        guard let value else { throw StoredValueError(column: "settings") }
        return value
    }
}
