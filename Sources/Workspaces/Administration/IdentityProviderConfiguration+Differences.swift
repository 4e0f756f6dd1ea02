internal import SAML

/// What distinguishes two versions of a SAML configuration; certificates are named by fingerprint (behavior T4).
extension IdentityProviderConfiguration {
    /// The settings that differ.
    ///
    /// - Parameters:
    ///   - old: The configuration before; `nil` for a first one.
    ///   - new: The configuration afterwards.
    /// - Returns: One entry for each setting that is not the same.
    package static func differences(
        from old: IdentityProviderConfiguration?,
        to new: IdentityProviderConfiguration
    ) -> [SettingDifference] {
        let attributes = { (names: AttributeNames) in
            [
                ("email", names.email), ("display_name", names.displayName), ("first_name", names.firstName),
                ("last_name", names.lastName), ("groups", names.groups), ("group_values", names.groupValues.rawValue),
                ("roles", names.roles),
            ]
            .map { "\($0)=\(ListedText.escaped($1))" }.joined(separator: ",")
        }
        let classRefs = { (context: RequestedAuthnContext) in
            context.classRefs.map(ListedText.escaped).joined(separator: ",")
        }
        let fingerprints = { (certificates: [PinnedCertificate]) in
            certificates.map(\.sha256Fingerprint).joined(separator: ",")
        }
        return [
            SettingDifference("enabled", from: old.map { "\($0.enabled)" }, to: "\(new.enabled)"),
            SettingDifference("sign_in_url", from: old?.signInURL, to: new.signInURL),
            SettingDifference("issuer", from: old?.issuer.value, to: new.issuer.value),
            SettingDifference(
                "certificates",
                from: old.map { fingerprints($0.certificates) },
                to: fingerprints(new.certificates)
            ),
            SettingDifference(
                "attributes",
                from: old.map { attributes($0.attributeNames) },
                to: attributes(new.attributeNames)
            ),
            SettingDifference(
                "signature_policy",
                from: old?.signaturePolicy.rawValue,
                to: new.signaturePolicy.rawValue
            ),
            // What a first configuration leaves at its default is no difference.
            SettingDifference("sign_requests", from: "\(old?.signRequests ?? false)", to: "\(new.signRequests)"),
            SettingDifference(
                "request_binding",
                from: (old?.requestBinding ?? .redirect).rawValue,
                to: new.requestBinding.rawValue
            ),
            SettingDifference("force_authn", from: "\(old?.forceAuthn ?? false)", to: "\(new.forceAuthn)"),
            SettingDifference(
                "authn_context",
                from: old?.requestedAuthnContext.map(classRefs),
                to: new.requestedAuthnContext.map(classRefs)
            ),
            SettingDifference(
                "name_id_policy",
                from: (old?.nameIDPolicy ?? .any).rawValue,
                to: new.nameIDPolicy.rawValue
            ),
            SettingDifference("send_login_hint", from: "\(old?.sendLoginHint ?? false)", to: "\(new.sendLoginHint)"),
            SettingDifference(
                "require_encryption",
                from: "\(old?.requireEncryption ?? false)",
                to: "\(new.requireEncryption)"
            ),
            SettingDifference("slo_url", from: old?.singleLogout?.url, to: new.singleLogout?.url),
            SettingDifference(
                "slo_binding",
                from: (old?.singleLogout?.binding ?? .redirect).rawValue,
                to: (new.singleLogout?.binding ?? .redirect).rawValue
            ),
            SettingDifference(
                "slo_response_url",
                from: old?.singleLogout?.responseURL,
                to: new.singleLogout?.responseURL
            ),
            SettingDifference(
                "allow_idp_initiated",
                from: "\(old?.allowIdPInitiated ?? false)",
                to: "\(new.allowIdPInitiated)"
            ),
            SettingDifference("metadata_url", from: old?.metadataSource?.url, to: new.metadataSource?.url),
            SettingDifference(
                "metadata_refresh",
                from: old?.metadataSource?.mode.rawValue,
                to: new.metadataSource?.mode.rawValue
            ),
        ]
        .compactMap { $0 }
    }
}
