import Testing

/// What a guide has to say of a workspace: at which field of the provider each of our values stands.
struct GuideExpectation: Sendable, CustomTestStringConvertible {
    /// The workspace of the tests has values that no other has, with characters that pages and expressions must escape.
    enum Value {
        static let acs = "https://apps.example.com/.portico/saml/company-a/acs"
        static let slo = "https://apps.example.com/.portico/saml/company-a/slo"
        static let issuer = #"urn:portico:"a"&'b'<c>"#
        static let email = "mail<&>"
        static let displayName = "full'name"
        static let firstName = "first"
        static let lastName = "family"
        static let groups = "memberships"
        static let roles = "ours"
    }

    /// The last part of the path.
    let provider: String
    /// What the page calls it.
    let title: String
    /// The provider's fields and what goes into them.
    let placed: [(field: String, value: String)]
    /// Anything else that stands on the page.
    let texts: [String]

    var testDescription: String { self.title }

    static let all = [
        GuideExpectation(
            provider: "okta",
            title: "Okta",
            placed: [("Single sign-on URL", Value.acs), ("Audience URI (SP Entity ID)", Value.issuer)],
            texts: [Value.displayName, "Starts with", "company-a_", Value.groups, Value.roles, "user.email", Value.slo]
        ),
        GuideExpectation(
            provider: "entra",
            title: "Microsoft Entra ID",
            placed: [
                ("Identifier (Entity ID)", Value.issuer), ("Reply URL (Assertion Consumer Service URL)", Value.acs),
                ("Logout Url (Optional)", Value.slo), ("Name", Value.groups),
            ],
            texts: [Value.displayName, Value.roles, "user.assignedroles", "user.mail", "150 groups"]
        ),
        GuideExpectation(
            provider: "google",
            title: "Google Workspace",
            placed: [("ACS URL", Value.acs), ("Entity ID", Value.issuer), ("App attribute", Value.groups)],
            texts: [Value.firstName, Value.roles, "Primary email", "Multi-value"]
        ),
        GuideExpectation(
            provider: "pingone",
            title: "PingOne",
            placed: [("ACS URLs", Value.acs), ("Entity ID", Value.issuer), ("SLO Endpoint", Value.slo)],
            texts: [Value.displayName, Value.roles, Value.groups, "Group Names"]
        ),
        GuideExpectation(
            provider: "onelogin",
            title: "OneLogin",
            placed: [
                ("Audience (EntityID)", Value.issuer), ("Recipient", Value.acs), ("ACS (Consumer) URL", Value.acs),
                ("Single Logout URL", Value.slo),
                (
                    "ACS (Consumer) URL Validator",
                    #"^https:\/\/apps\.example\.com\/\.portico\/saml\/company-a\/acs$"#
                ),
            ],
            texts: [Value.displayName, Value.roles, Value.groups, "Multi-value parameter", "SHA-256"]
        ),
        GuideExpectation(
            provider: "ad-fs",
            title: "AD FS",
            placed: [
                ("Relying party SAML 2.0 SSO service URL", Value.acs), ("Relying party trust identifier", Value.issuer),
            ],
            texts: [
                "\"mail<&>\",\n", "\"full'name\",\n", "\"family\",\n", "mail,displayName,givenName,sn,mail",
                "^(company-a_ADMIN|company-a_SUPERVISOR|company-a_REVIEWER|company-a_LABELER)$",
                "issue(Type = \"ours\", Value = c.Value)", "issue(Type = \"memberships\", Value = c.Value)",
            ]
        ),
        GuideExpectation(
            provider: "keycloak",
            title: "Keycloak",
            placed: [
                ("Client ID", Value.issuer), ("Valid redirect URIs", Value.acs),
                ("Master SAML Processing URL", Value.acs), ("Role attribute name", Value.roles),
                ("Group attribute name", Value.groups),
            ],
            texts: [Value.firstName, "Client signature required”", "does not sign its requests", Value.slo]
        ),
        GuideExpectation(
            provider: "simplesamlphp",
            title: "SimpleSAMLphp",
            placed: [],
            texts: [
                #"$metadata['urn:portico:"a"&\'b\'<c>'] = ["#, "'Location' => '\(Value.acs)',",
                "'Location' => '\(Value.slo)',", "'mail' => 'mail<&>',", #"'displayName' => 'full\'name',"#,
                "'targetattribute' => 'ours',", "'company-a_ADMIN' => [", "'memberOf' => 'memberships',",
            ]
        ),
    ]
}
