import Console
import SAML
import Workspaces

/// One workspace as a file wants it; what the file does not say stays as it is (rulings 18).
struct WorkspaceEntry: Sendable {
    /// The identity provider as a file wants it.
    struct IdentityProvider: Sendable {
        let signInURL: String?
        let issuer: String?
        let certificates: [PinnedCertificate]?
        let metadata: MetadataReference?
        let metadataRefresh: MetadataRefreshMode?
        let attributes: AttributeNameSyntax?
        let signaturePolicy: SignaturePolicy?
        let signRequests: Bool?
        let requestBinding: RequestBinding?
        let forceAuthn: Bool?
        let authnContext: [String]?
        let nameIDPolicy: NameIDPolicy?
        let sendLoginHint: Bool?
        let requireEncryption: Bool?
        let sloURL: String?
        let sloBinding: RequestBinding?
        let sloResponseURL: String?
        let allowIdPInitiated: Bool?
        let enabled: Bool
    }

    let companyID: String
    let owner: String?
    let domains: [String]
    let settings: WorkspaceChange
    /// How long sessions live; nil where the file says nothing of it.
    let sessionLimits: SessionLimitsEntry?
    let identityProvider: IdentityProvider?
    /// What groups give; nil where the file says nothing of it.
    let mappings: GroupMappingsChange?
    /// What spaces and projects there are; nil where the file says nothing of them.
    let places: PlacesChange?
    /// The metadata that the file names, once it was read; nil while the workspace follows it already.
    private(set) var metadata: MetadataDocument?

    /// Takes what was read from a file.
    init(
        companyID: String,
        owner: String?,
        domains: [String],
        settings: WorkspaceChange,
        sessionLimits: SessionLimitsEntry?,
        identityProvider: IdentityProvider?,
        mappings: GroupMappingsChange?,
        places: PlacesChange?
    ) {
        self.companyID = companyID
        self.owner = owner
        self.domains = domains
        self.settings = settings
        self.sessionLimits = sessionLimits
        self.identityProvider = identityProvider
        self.mappings = mappings
        self.places = places
    }

    /// The entry with the metadata that it names.
    ///
    /// Metadata of a URL that the workspace follows already is not fetched: what changes in it goes the way of every
    /// refresh, so that applying a file again approves no certificate.
    ///
    /// - Throws: ``CommandRefusal`` for metadata that cannot be taken.
    func withMetadata(
        over current: IdentityProviderConfiguration?,
        in context: OperatorContext
    ) async throws -> WorkspaceEntry {
        guard let reference = self.identityProvider?.metadata else { return self }
        if reference.isURL, current?.metadataSource?.url == reference.source,
            reference.entityID == nil || reference.entityID == current?.issuer
        {
            return self
        }
        var entry = self
        entry.metadata = try await reference.document(in: context)
        return entry
    }

    /// The workspace to make where there is none.
    var draft: WorkspaceDraft {
        WorkspaceDraft(companyID: self.companyID, owner: self.owner, settings: self.settings)
    }

    /// The change to the SAML configuration; nil where the file says nothing of it.
    ///
    /// - Throws: What of the metadata cannot be taken over.
    func samlChange(
        of current: IdentityProviderConfiguration?
    ) throws(ConfigurationMistakes) -> SAMLConfigurationChange? {
        guard let wanted = self.identityProvider else { return nil }
        var change = SAMLConfigurationChange(
            signInURL: wanted.signInURL,
            issuer: wanted.issuer,
            certificates: wanted.certificates,
            attributeNames: wanted.attributes?.applied(to: current?.attributeNames ?? AttributeNames()),
            signaturePolicy: wanted.signaturePolicy,
            signRequests: wanted.signRequests,
            requestBinding: wanted.requestBinding,
            forceAuthn: wanted.forceAuthn,
            requestedAuthnContext: wanted.authnContext,
            nameIDPolicy: wanted.nameIDPolicy,
            sendLoginHint: wanted.sendLoginHint,
            requireEncryption: wanted.requireEncryption,
            sloURL: wanted.sloURL,
            sloBinding: wanted.sloBinding,
            sloResponseURL: wanted.sloResponseURL,
            allowIdPInitiated: wanted.allowIdPInitiated,
            metadataRefresh: wanted.metadataRefresh
        )
        if let metadata, let reference = wanted.metadata {
            try change.take(
                metadata.metadata,
                certificates: metadata.certificates,
                from: reference.origin,
                over: current
            )
        }
        return change
    }
}
