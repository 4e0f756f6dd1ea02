import Workspaces

extension ProviderGuide {
    static func keycloak(_ values: GuideValues) -> ProviderGuide {
        var steps = [
            Step(
                title: "Create the client",
                words: [
                    "In the realm go to “Clients”, “Create client”, set “Client type” to SAML, and fill in the Client ID, the redirect"
                        + " URI and the processing URL."
                ],
                placed: [
                    Placed(field: "Client ID", value: values.spIssuer),
                    Placed(field: "Valid redirect URIs", value: values.assertionConsumerService),
                    Placed(field: "Master SAML Processing URL", value: values.assertionConsumerService),
                ]
            ),
            Step(
                title: "Look over signatures",
                words: [
                    values.signature(
                        either:
                            "On the tab “Settings” leave “Sign documents” or “Sign assertions” on; “Signature algorithm” is"
                            + " RSA_SHA256.",
                        assertion:
                            "On the tab “Settings” switch “Sign assertions” on; “Signature algorithm” is RSA_SHA256.",
                        response:
                            "On the tab “Settings” leave “Sign documents” on; “Signature algorithm” is RSA_SHA256.",
                        both:
                            "On the tab “Settings” switch “Sign documents” and “Sign assertions” on; “Signature algorithm” is"
                            + " RSA_SHA256."
                    ),
                    values.signsRequests
                        ? "On the tab “Keys” leave “Client signature required” on and import Portico’s signing certificate, which is"
                            + " in its metadata: this workspace signs its requests."
                        : "On the tab “Keys” switch “Client signature required” off: it is on for a new client, and this workspace does"
                            + " not sign its requests.",
                ]
            ),
            Step(
                title: "Send who the person is",
                words: [
                    "On the tab “Client scopes” open the dedicated scope, whose name ends in -dedicated, and press “Configure a new"
                        + " mapper” or “Add mapper”, “By configuration”, “User Property” for each."
                ],
                table: Table(
                    caption: "Mappers of the kind User Property",
                    columns: ["SAML Attribute Name", "Property"],
                    rows: values.rows([
                        (.email, ["email"]), (.firstName, ["firstName"]), (.lastName, ["lastName"]),
                    ])
                )
            ),
        ]
        if let roles = values.name(of: .roles) {
            steps.append(
                Step(
                    title: "Send roles",
                    words: [
                        "Under “Realm roles” make a role for each that you give, named \(values.roleList), and assign them to people or"
                            + " groups.",
                        "On the tab “Client scopes” of the client remove role_list, which would send them as Role, and add a mapper of"
                            + " the kind “Role list” to the dedicated scope, with “Single Role Attribute” on.",
                    ],
                    placed: [Placed(field: "Role attribute name", value: roles)]
                )
            )
        }
        if let groups = values.name(of: .groups) {
            steps.append(
                Step(
                    title: "Send groups",
                    words: [
                        "Add a mapper of the kind “Group list” to the dedicated scope, with “Single Group Attribute” on and “Full group"
                            + " path” off: with it on, the groups to map here begin with a slash."
                    ],
                    placed: [Placed(field: "Group attribute name", value: groups)]
                )
            )
        }
        return ProviderGuide(
            steps: steps,
            origin: Origin(
                metadata:
                    "“Realm settings”, “SAML 2.0 Identity Provider Metadata”: https://your Keycloak server/realms/your"
                    + " realm/protocol/saml/descriptor",
                signInURL: "https://your Keycloak server/realms/your realm/protocol/saml",
                issuer: "https://your Keycloak server/realms/your realm, without a slash at the end",
                certificate: "“Realm settings”, “Keys”, in the row RS256 with use SIG: “Certificate”"
            ),
            preset: nil,
            traps: [
                "“Invalid requester” at Keycloak means most often that “Client signature required” is on and the request has no"
                    + " signature that it knows.",
                "“Invalid redirect uri” means that “Valid redirect URIs” is not \(values.assertionConsumerService) to the letter, and"
                    + " “Client not found” that the Client ID is not \(values.spIssuer).",
                "Somebody without an e-mail address in Keycloak is refused here with email_missing. Switch “Verify email” on where"
                    + " people may change their own address.",
                "Keycloak sends the roles of other applications, too. They are ignored here.",
                "For logout at Keycloak too, put \(values.singleLogoutService) into “Logout Service POST Binding URL” and “Logout"
                    + " Service Redirect Binding URL” on the tab “Advanced”.",
            ]
        )
    }
}
