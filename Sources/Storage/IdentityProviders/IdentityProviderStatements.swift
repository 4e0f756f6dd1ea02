import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

/// The statements that write a workspace's identity provider.
enum IdentityProviderStatements {
    /// Replaces the configuration of the present workspace, certificates and all.
    static func replace(
        _ old: IdentityProviderConfiguration?,
        with configuration: IdentityProviderConfiguration,
        now: Date
    ) -> [SQL] {
        let names = configuration.attributeNames
        let certificates = configuration.certificates
        return [
            "DELETE FROM identity_providers WHERE workspace_id = portico_workspace()",
            """
            INSERT INTO identity_providers (workspace_id, enabled, sign_in_url, issuer, email_attribute,
                display_name_attribute, first_name_attribute, last_name_attribute, groups_attribute, group_values, roles_attribute,
                signature_policy, sign_requests, request_binding, force_authn, requested_authn_contexts, name_id_policy,
                send_login_hint, require_encryption, slo_url, slo_binding, slo_response_url, allow_idp_initiated,
                metadata_url, metadata_refresh, updated_at)
            VALUES (portico_workspace(), \(configuration.enabled), \(configuration.signInURL),
                \(configuration.issuer.value), \(names.email), \(names.displayName), \(names.firstName),
                \(names.lastName), \(names.groups), \(names.groupValues.rawValue), \(names.roles), \(configuration.signaturePolicy.rawValue),
                \(configuration.signRequests), \(configuration.requestBinding.rawValue), \(configuration.forceAuthn),
                \(configuration.requestedAuthnContext?.classRefs ?? []), \(configuration.nameIDPolicy.rawValue),
                \(configuration.sendLoginHint), \(configuration.requireEncryption), \(configuration.singleLogout?.url),
                \((configuration.singleLogout?.binding ?? .redirect).rawValue),
                \(configuration.singleLogout?.responseURL), \(configuration.allowIdPInitiated),
                \(configuration.metadataSource?.url), \(configuration.metadataSource?.mode.rawValue), \(now))
            """,
            """
            INSERT INTO identity_provider_certificates (workspace_id, position, der, sha256_fingerprint, not_after)
            SELECT portico_workspace(), c.position, c.der, c.sha256_fingerprint, c.not_after
            FROM unnest(\(certificates.map(\.der)), \(certificates.map(\.sha256Fingerprint)),
                \(certificates.map(\.notAfter))) WITH ORDINALITY AS c (der, sha256_fingerprint, not_after, position)
            """,
        ] + MetadataRefreshStatements.follow(from: old?.metadataSource, to: configuration.metadataSource, now: now)
    }
}
