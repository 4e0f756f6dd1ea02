import Workspaces

extension ProviderGuide {
    static func adfs(_ values: GuideValues) -> ProviderGuide {
        ProviderGuide(
            steps: [
                Step(
                    title: "Add the relying party trust",
                    words: [
                        "In AD FS Management right-click “Relying Party Trusts”, “Add Relying Party Trust…”, choose “Claims aware” and"
                            + " “Enter data about the relying party manually”, and give it a name. No certificate is needed for"
                            + " encryption.",
                        "On the page “Configure URL” tick “Enable support for the SAML 2.0 WebSSO protocol”; on “Configure"
                            + " Identifiers” press “Add”. Then choose who may sign in.",
                    ],
                    placed: [
                        Placed(
                            field: "Relying party SAML 2.0 SSO service URL",
                            value: values.assertionConsumerService
                        ),
                        Placed(field: "Relying party trust identifier", value: values.spIssuer),
                    ]
                ),
                Step(
                    title: "Say what is sent",
                    words: [
                        "Open “Edit Claim Issuance Policy…” and add the rules below, each with “Add Rule…”, “Send Claims Using a Custom"
                            + " Rule”."
                    ]
                        + (values.usesRoles
                            ? [
                                "Make a group in Active Directory for each role that you give, named \(values.roleList)."
                            ] : []),
                    snippets: Self.rules(values)
                ),
                Step(
                    title: "Look at the hash",
                    words: [
                        "In “Properties” of the trust, tab “Advanced”, “Secure hash algorithm” has to be SHA-256. Portico refuses SHA-1,"
                            + " which trusts have that were made for older applications.",
                        values.signature(
                            either: "What AD FS signs unless told otherwise, the assertion, is enough.",
                            assertion:
                                "What AD FS signs unless told otherwise, the assertion, is what this workspace wants.",
                            response:
                                "This workspace wants the response signed: in PowerShell, Set-AdfsRelyingPartyTrust with"
                                + " -SamlResponseSignature MessageOnly or MessageAndAssertion.",
                            both: "This workspace wants both signed: in PowerShell, Set-AdfsRelyingPartyTrust with"
                                + " -SamlResponseSignature MessageAndAssertion."
                        ),
                    ]
                ),
            ],
            origin: Origin(
                metadata:
                    "https://your AD FS server/FederationMetadata/2007-06/FederationMetadata.xml; from inside your network"
                    + " alone, take the file",
                signInURL: "https://your AD FS server/adfs/ls/",
                issuer:
                    "http://your AD FS server/adfs/services/trust, with http and no s; “Edit Federation Service Properties…” has"
                    + " it as the identifier",
                certificate:
                    "“Service”, “Certificates”, “Token-signing”: “View Certificate…”, “Details”, “Copy to File…”, as Base-64"
                    + " encoded X.509"
            ),
            preset: nil,
            traps: [
                "AD FS makes itself a new token-signing certificate every year. Follow its metadata, or add the new one here beside"
                    + " the old one, before it is promoted.",
                "Where AD FS reads the metadata of Portico (\(values.metadataURL)), it encrypts assertions for the certificate there,"
                    + " which Portico accepts. It may then look for a revocation list that a self-signed certificate does not have:"
                    + " Set-AdfsRelyingPartyTrust with -EncryptionCertificateRevocationCheck None and"
                    + " -SigningCertificateRevocationCheck None.",
                "Somebody without a mail attribute in Active Directory is refused here with email_missing.",
                "Groups of the kind domain local do not come with tokenGroups: use global or universal groups.",
                "For logout at AD FS too, add a “SAML Logout” endpoint under “Properties”, “Endpoints”, with binding Redirect and the"
                    + " trusted URL \(values.singleLogoutService), and Portico’s signing certificate on the tab “Signature”.",
            ]
        )
    }

    private static func rules(_ values: GuideValues) -> [Snippet] {
        let account =
            "c:[Type == \"http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname\",\n"
            + "   Issuer == \"AD AUTHORITY\"]"
        let rows =
            values.rows([
                (.email, ["mail"]), (.displayName, ["displayName"]), (.firstName, ["givenName"]), (.lastName, ["sn"]),
            ]) + [["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "mail"]]
        let types = rows.map { "\"\($0[0])\"" }.joined(separator: ",\n        ")
        let sources = rows.map { $0[1] }.joined(separator: ",")
        var rules = [
            Snippet(
                label: "Rule for the person",
                text: """
                    \(account)
                     => issue(store = "Active Directory",
                        types = (
                            \(types)),
                        query = ";\(sources);{0}", param = c.Value);
                    """
            )
        ]
        guard values.usesRoles || values.usesGroups else { return rules }
        rules.append(
            Snippet(
                label: "Rule that reads the groups",
                text: """
                    \(account)
                     => add(store = "Active Directory", types = ("urn:portico:group"),
                        query = ";tokenGroups;{0}", param = c.Value);
                    """
            )
        )
        if let roles = values.name(of: .roles) {
            // In brackets a dot is a dot.
            let accepted = values.roleValues.map { $0.replacing(".", with: "[.]") }.joined(separator: "|")
            rules.append(
                Snippet(
                    label: "Rule for roles, after the one that reads the groups",
                    text: """
                        c:[Type == "urn:portico:group", Value =~ "^(\(accepted))$"]
                         => issue(Type = "\(roles)", Value = c.Value);
                        """
                )
            )
        }
        if let groups = values.name(of: .groups) {
            rules.append(
                Snippet(
                    label: "Rule for groups, after the one that reads them",
                    text: """
                        c:[Type == "urn:portico:group"]
                         => issue(Type = "\(groups)", Value = c.Value);
                        """
                )
            )
        }
        return rules
    }
}
