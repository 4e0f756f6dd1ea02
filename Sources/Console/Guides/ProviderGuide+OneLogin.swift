import Workspaces

extension ProviderGuide {
    static func onelogin(_ values: GuideValues) -> ProviderGuide {
        let several = "Semicolon Delimited Input (Multi-value output)"
        var steps = [
            Step(
                title: "Add the app",
                words: [
                    "In the administration go to “Applications”, “Applications”, “Add App”, search for “SAML Custom Connector"
                        + " (Advanced)”, give it a name and save."
                ]
            ),
            Step(
                title: "Fill in the tab “Configuration”",
                words: [
                    "“RelayState” and “Login URL” stay empty, and “SAML initiator” is “Service Provider”. The validator is a regular"
                        + " expression; this one fits our URL and no other.",
                    values.signature(
                        either: "Any “SAML signature element” will do.",
                        assertion: "“SAML signature element” is “Assertion” or “Both”.",
                        response: "“SAML signature element” is “Response” or “Both”.",
                        both: "“SAML signature element” is “Both”."
                    ),
                ],
                placed: [
                    Placed(field: "Audience (EntityID)", value: values.spIssuer),
                    Placed(field: "Recipient", value: values.assertionConsumerService),
                    Placed(
                        field: "ACS (Consumer) URL Validator",
                        value: Self.pattern(of: values.assertionConsumerService)
                    ),
                    Placed(field: "ACS (Consumer) URL", value: values.assertionConsumerService),
                    Placed(field: "Single Logout URL", value: values.singleLogoutService),
                ]
            ),
            Step(
                title: "Sign with SHA-256",
                words: [
                    "On the tab “SSO” set “SAML Signature Algorithm” to SHA-256. It is SHA-1 on many apps, which Portico refuses."
                ]
            ),
            Step(
                title: "Send who the person is",
                words: [
                    "On the tab “Parameters” add a field for each, tick “Include in SAML assertion”, save, and choose the value."
                ],
                table: Table(
                    caption: "Parameters",
                    columns: ["Field name", "Value"],
                    rows: values.rows([
                        (.email, ["Email"]), (.displayName, ["Name"]), (.firstName, ["First Name"]),
                        (.lastName, ["Last Name"]),
                    ])
                )
            ),
        ]
        let lists = values.rows([(.roles, ["User Roles", several]), (.groups, ["MemberOf", several])])
        if !lists.isEmpty {
            steps.append(
                Step(
                    title: "Send roles and groups",
                    words: (values.usesRoles
                        ? [
                            "Under “Users”, “Roles” make a role for each that you give, named \(values.roleList), and put people into it."
                        ]
                        : []) + ["Add a field for each with “Multi-value parameter” ticked, too."],
                    table: Table(
                        caption: "Parameters of several values",
                        columns: ["Field name", "Default if no value selected", "Transform"],
                        rows: lists
                    )
                )
            )
        }
        steps.append(
            Step(
                title: "Give people the app",
                words: ["On the tab “Access” tick the roles of the people who may sign in, and save."]
            )
        )
        return ProviderGuide(
            steps: steps,
            origin: Origin(
                metadata:
                    "Tab “SSO”, “Issuer URL”: it answers with the metadata; or “More Actions”, “SAML Metadata” for the file",
                signInURL: "“SAML 2.0 Endpoint (HTTP)”",
                issuer: "“Issuer URL”",
                certificate: "“X.509 Certificate”, “View Details”"
            ),
            preset: nil,
            traps: [
                "signature_invalid in the sign-in log on the first try is most often SHA-1: see the tab “SSO”.",
                "A validator that does not fit makes OneLogin refuse before it asks for a password. It has to begin with ^ and end"
                    + " with $, with a backslash before every dot.",
                "Without “Multi-value parameter” several roles come joined to one value, which is no role here.",
                "OneLogin sends every role of a person. Those of other applications are ignored.",
            ]
        )
    }

    /// A regular expression that one text alone fits.
    private static func pattern(of text: String) -> String {
        "^" + text.map { #".^$|()[]{}*+?\/"#.contains($0) ? "\\\($0)" : String($0) }.joined() + "$"
    }
}
