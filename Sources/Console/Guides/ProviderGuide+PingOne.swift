import Workspaces

extension ProviderGuide {
    static func pingone(_ values: GuideValues) -> ProviderGuide {
        var steps = [
            Step(
                title: "Add the application",
                words: [
                    "In the admin console of your environment go to “Applications”, “Applications”, press the plus sign, give it a"
                        + " name, choose “SAML Application” and press “Configure”.",
                    "Choose “Manually Enter”, or “Import From URL” with the metadata link \(values.metadataURL).",
                ],
                placed: [
                    Placed(field: "ACS URLs", value: values.assertionConsumerService),
                    Placed(field: "Entity ID", value: values.spIssuer),
                ]
            ),
            Step(
                title: "Look over the tab “Configuration”",
                words: [
                    values.signature(
                        either:
                            "Under “Signing Key” any of “Sign Assertion”, “Sign Response” and “Sign Assertion & Response” will do.",
                        assertion: "Under “Signing Key” choose “Sign Assertion” or “Sign Assertion & Response”.",
                        response: "Under “Signing Key” choose “Sign Response” or “Sign Assertion & Response”.",
                        both: "Under “Signing Key” choose “Sign Assertion & Response”."
                    ),
                    values.signsRequests
                        ? "“Enforce Signed AuthnRequest” may be on, with Portico’s certificate from its metadata."
                        : "Leave “Enforce Signed AuthnRequest” off: this workspace does not sign its requests.",
                ],
                placed: [Placed(field: "SLO Endpoint", value: values.singleLogoutService)]
            ),
        ]
        if values.usesRoles {
            steps.append(
                Step(
                    title: "Make room for roles",
                    words: [
                        "Under “Directory”, “User Attributes” add a declared attribute porticoRoles that allows multiple values, and"
                            + " give people one of these: \(values.roleList)."
                    ]
                )
            )
        }
        steps.append(
            Step(
                title: "Send who the person is",
                words: ["On the tab “Attribute Mappings” keep saml_subject and add these with “Add”."],
                table: Table(
                    caption: "Attribute Mappings",
                    columns: ["Attributes", "PingOne Mappings"],
                    rows: values.rows([
                        (.email, ["Email Address"]), (.displayName, ["Formatted"]), (.firstName, ["Given Name"]),
                        (.lastName, ["Family Name"]), (.roles, ["porticoRoles"]), (.groups, ["Group Names"]),
                    ])
                )
            )
        )
        steps.append(
            Step(
                title: "Switch it on",
                words: [
                    "On the tab “Access” add the groups who may sign in, or leave it empty for everybody. Then move the switch at the"
                        + " top of the application: it is off until you do."
                ]
            )
        )
        return ProviderGuide(
            steps: steps,
            origin: Origin(
                metadata: "Tab “Configuration”, “IDP Metadata URL”",
                signInURL: "“Single Signon Service”",
                issuer: "“Issuer ID”",
                certificate: "“Download Signing Certificate”, as X509 PEM (.crt)"
            ),
            preset: .pingone,
            traps: [
                "Whoever is refused at PingOne itself finds the application switched off, or is in none of the groups of its tab"
                    + " “Access”. The sign-in log here knows nothing of it.",
                "Several groups may come as one value with commas between: then choose that under “Several groups come as” on the"
                    + " page of single sign-on. Roles are never taken apart at commas; they need an attribute of several values.",
                "The ACS URL of a request has to be one of the list “ACS URLs”. Whoever changes the SP sign-in URL here adds it there.",
            ]
        )
    }
}
