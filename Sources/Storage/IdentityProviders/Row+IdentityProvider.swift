import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

extension IdentityProviderConfiguration {
    /// The columns of a configuration, for a statement whose table has the alias `p`; the certificates are arrays in
    /// one order.
    static let columns: SQL = """
        p.enabled AS idp_enabled, p.sign_in_url, p.issuer, p.email_attribute, p.display_name_attribute,
        p.first_name_attribute, p.last_name_attribute, p.groups_attribute, p.group_values, p.roles_attribute, p.signature_policy,
        p.sign_requests, p.request_binding, p.force_authn, p.requested_authn_contexts, p.name_id_policy,
        p.send_login_hint, p.require_encryption, p.slo_url, p.slo_binding,
        p.slo_response_url, p.allow_idp_initiated, p.metadata_url, p.metadata_refresh,
        ARRAY(SELECT c.der FROM identity_provider_certificates c
            WHERE c.workspace_id = p.workspace_id ORDER BY c.position) AS certificate_ders,
        ARRAY(SELECT c.sha256_fingerprint FROM identity_provider_certificates c
            WHERE c.workspace_id = p.workspace_id ORDER BY c.position) AS certificate_fingerprints,
        ARRAY(SELECT c.not_after FROM identity_provider_certificates c
            WHERE c.workspace_id = p.workspace_id ORDER BY c.position) AS certificate_ends
        """

    /// Reads a row that has ``columns``, from an outer join whose side of the identity provider may be missing.
    init?(joined row: Row) throws {
        guard let enabled: Bool = try row.optional("idp_enabled") else {
            return nil
        }
        let ders: [[UInt8]] = try row.value("certificate_ders")
        let fingerprints: [String] = try row.value("certificate_fingerprints")
        let ends: [Date] = try row.value("certificate_ends")
        self.init(
            enabled: enabled,
            signInURL: try row.value("sign_in_url"),
            issuer: try row.value("issuer") { EntityID($0) },
            certificates: zip(ders, zip(fingerprints, ends))
                .map { der, rest in
                    PinnedCertificate(der: der, sha256Fingerprint: rest.0, notAfter: rest.1)
                },
            attributeNames: AttributeNames(
                email: try row.value("email_attribute"),
                displayName: try row.value("display_name_attribute"),
                firstName: try row.value("first_name_attribute"),
                lastName: try row.value("last_name_attribute"),
                groups: try row.value("groups_attribute"),
                groupValues: try row.value("group_values") { GroupValues(rawValue: $0) },
                roles: try row.value("roles_attribute")
            ),
            signaturePolicy: try row.value("signature_policy") { SignaturePolicy(rawValue: $0) },
            signRequests: try row.value("sign_requests"),
            requestBinding: try row.value("request_binding") { RequestBinding(rawValue: $0) },
            forceAuthn: try row.value("force_authn"),
            requestedAuthnContext: try Self.requestedAuthnContext(row),
            nameIDPolicy: try row.value("name_id_policy") { NameIDPolicy(rawValue: $0) },
            sendLoginHint: try row.value("send_login_hint"),
            requireEncryption: try row.value("require_encryption"),
            singleLogout: try SingleLogoutService(row),
            allowIdPInitiated: try row.value("allow_idp_initiated"),
            metadataSource: try Self.metadataSource(row)
        )
    }

    /// What was wanted and can no longer be read must not become nothing: it throws.
    private static func requestedAuthnContext(_ row: Row) throws -> RequestedAuthnContext? {
        let classRefs: [String] = try row.value("requested_authn_contexts")
        guard !classRefs.isEmpty else { return nil }
        guard let context = RequestedAuthnContext(classRefs) else {
            throw StoredValueError(column: "requested_authn_contexts")
        }
        return context
    }

    private static func metadataSource(_ row: Row) throws -> MetadataSource? {
        guard let mode = try row.optional("metadata_refresh", { MetadataRefreshMode(rawValue: $0) }) else { return nil }
        return try row.optional("metadata_url") { MetadataSource(url: $0, mode: mode) }
    }
}

extension SingleLogoutService {
    /// Reads the columns of a row whose URL may be missing.
    fileprivate init?(_ row: Row) throws {
        guard let url: String = try row.optional("slo_url") else {
            return nil
        }
        self.init(
            url: url,
            binding: try row.value("slo_binding") { RequestBinding(rawValue: $0) },
            responseURL: try row.optional("slo_response_url")
        )
    }
}
