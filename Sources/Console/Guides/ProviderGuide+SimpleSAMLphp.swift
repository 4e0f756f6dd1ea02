import Workspaces

extension ProviderGuide {
    static func simplesamlphp(_ values: GuideValues) -> ProviderGuide {
        ProviderGuide(
            steps: [
                Step(
                    title: "Tell it of Portico",
                    words: [
                        "Add this to metadata/saml20-sp-remote.php of the identity provider. The names on the left are those of your"
                            + " authentication source: mail, displayName, givenName and sn are the ones of LDAP."
                    ]
                        + (values.usesRoles
                            ? [
                                "Put the groups of your directory that give each role into the lists of 60, and delete what you do not give."
                            ]
                            : []),
                    snippets: [Snippet(label: "Entry of Portico", text: Self.entry(values))]
                ),
                Step(
                    title: "Look over what it signs",
                    words: [
                        values.signature(
                            either:
                                "It signs the response and the assertion unless told otherwise, with SHA-256. Leave it at that.",
                            assertion:
                                "It signs the assertion unless told otherwise, with SHA-256. Leave saml20.sign.assertion alone.",
                            response:
                                "It signs the response unless told otherwise, with SHA-256. Leave saml20.sign.response alone.",
                            both: "It signs the response and the assertion unless told otherwise, with SHA-256. Leave"
                                + " saml20.sign.response and saml20.sign.assertion alone."
                        )
                    ]
                ),
            ],
            origin: Origin(
                metadata:
                    "“Federation” in its administration, “SAML 2.0 IdP Metadata”, which gives the address: it ends in"
                    + " /module.php/saml/idp/metadata, or before version 2 in /saml2/idp/metadata.php",
                signInURL: "SingleSignOnService in the metadata",
                issuer: "“Entity ID” beside it, entityID in the metadata",
                certificate: "“Certificates” below the metadata, or X509Certificate within it"
            ),
            preset: nil,
            traps: [
                "Attributes come under the names that the filters give them. A filter of the whole installation, such as one that turns"
                    + " names into OIDs, runs as well: a greater number runs later.",
                "core:AttributeMap takes the old name away. Where another filter needs mail, add '%duplicate' to it.",
                "“Metadata not found” at the identity provider means that the key of the entry is not \(values.spIssuer) to the"
                    + " letter.",
                "To have logout at the identity provider, give Portico the SingleLogoutService of its metadata, and let it check the"
                    + " signature with the certificates of Portico: convert \(values.metadataURL) with its metadata converter to have"
                    + " them in the entry.",
            ]
        )
    }

    private static func entry(_ values: GuideValues) -> String {
        let bindings = "urn:oasis:names:tc:SAML:2.0:bindings:"
        let names = values.rows([
            (.email, ["mail"]), (.displayName, ["displayName"]), (.firstName, ["givenName"]), (.lastName, ["sn"]),
        ])
        var lines = [
            "$metadata[\(Self.php(values.spIssuer))] = [", "    'AssertionConsumerService' => [", "        [",
            "            'Location' => \(Self.php(values.assertionConsumerService)),",
            "            'Binding' => \(Self.php(bindings + "HTTP-POST")),", "        ],", "    ],",
            "    'SingleLogoutService' => [", "        [",
            "            'Location' => \(Self.php(values.singleLogoutService)),",
            "            'Binding' => \(Self.php(bindings + "HTTP-Redirect")),", "        ],", "    ],",
            "    'authproc' => [", "        50 => [", "            'class' => 'core:AttributeMap',",
        ]
        lines += names.map { "            \(Self.php($0[1])) => \(Self.php($0[0]))," }
        lines.append("        ],")
        if let roles = values.name(of: .roles) {
            lines += [
                "        60 => [", "            'class' => 'core:AttributeValueMap',",
                "            'sourceattribute' => 'memberOf',", "            'targetattribute' => \(Self.php(roles)),",
                "            '%keep',", "            'values' => [",
            ]
            lines += values.roleValues.map {
                "                \(Self.php($0)) => ['cn=\($0),ou=groups,dc=company,dc=example'],"
            }
            lines += ["            ],", "        ],"]
        }
        if let groups = values.name(of: .groups) {
            lines += [
                "        70 => [", "            'class' => 'core:AttributeMap',",
                "            'memberOf' => \(Self.php(groups)),", "        ],",
            ]
        }
        let sent = [GuideValues.Attribute.email, .displayName, .firstName, .lastName, .roles, .groups]
            .compactMap { values.name(of: $0) }
        lines += [
            "        80 => [", "            'class' => 'core:AttributeLimit',",
            "            \(sent.map(Self.php).joined(separator: ", ")),", "        ],", "    ],", "];",
        ]
        return lines.joined(separator: "\n")
    }

    /// A string of PHP in single quotes.
    private static func php(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
