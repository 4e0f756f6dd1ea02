import Workspaces

extension ProviderGuide {
    static func okta(_ values: GuideValues) -> ProviderGuide {
        var steps = [
            Step(
                title: "Create the app integration",
                words: [
                    "In the Admin Console go to “Applications”, “Applications”, “Create App Integration”, choose “SAML 2.0” and"
                        + " give it a name."
                ]
            ),
            Step(
                title: "Fill in “Configure SAML”",
                words: [
                    "Leave “Use this for Recipient URL and Destination URL” ticked and “Default RelayState” empty. “Name ID"
                        + " format” stays Unspecified.",
                    values.signature(
                        either:
                            "Under “Show Advanced Settings” leave “Response” or “Assertion Signature” at “Signed”, or both.",
                        assertion: "Under “Show Advanced Settings” set “Assertion Signature” to “Signed”.",
                        response: "Under “Show Advanced Settings” set “Response” to “Signed”.",
                        both: "Under “Show Advanced Settings” set “Response” and “Assertion Signature” to “Signed”."
                    ) + " “Signature Algorithm” is RSA-SHA256.",
                ],
                placed: [
                    Placed(field: "Single sign-on URL", value: values.assertionConsumerService),
                    Placed(field: "Audience URI (SP Entity ID)", value: values.spIssuer),
                ]
            ),
            Step(
                title: "Send who the person is",
                words: [
                    "Under “Attribute Statements” add a row for each. An organization that has them on the tab “Sign On” of the"
                        + " finished integration finds these rows there, under “Show legacy configuration”."
                ],
                table: Table(
                    caption: "Attribute Statements",
                    columns: ["Name", "Name format", "Value"],
                    rows: values.rows([
                        (.email, ["Unspecified", "user.email"]), (.displayName, ["Unspecified", "user.displayName"]),
                        (.firstName, ["Unspecified", "user.firstName"]), (.lastName, ["Unspecified", "user.lastName"]),
                    ])
                )
            ),
        ]
        let groups = values.rows([
            (.roles, ["Starts with", values.rolePrefix]), (.groups, ["Matches regex", ".*"]),
        ])
        if !groups.isEmpty {
            steps.append(
                Step(
                    title: "Send roles and groups",
                    words: (values.usesRoles
                        ? [
                            "Make a group for each role that you give, named \(values.roleList), and put people into them."
                        ] : [])
                        + ["Under “Group Attribute Statements” add a row for each; “Name format” is Unspecified."],
                    table: Table(
                        caption: "Group Attribute Statements",
                        columns: ["Name", "Filter", "Value of the filter"],
                        rows: groups
                    )
                )
            )
        }
        steps.append(
            Step(
                title: "Give people the app",
                words: ["On the tab “Assignments” assign the people or groups who may sign in, yourself among them."]
            )
        )
        return ProviderGuide(
            steps: steps,
            origin: Origin(
                metadata: "Tab “Sign On”, “Metadata URL”",
                signInURL:
                    "“Sign on URL”, in “View SAML setup instructions” called Identity Provider Single Sign-On URL",
                issuer: "“Issuer”, in the instructions called Identity Provider Issuer",
                certificate: "“Signing Certificate”, in the instructions called X.509 Certificate"
            ),
            preset: .okta,
            traps: (values.assertionConsumerService.contains("_")
                ? [
                    "Okta takes no single sign-on URL with an underscore, and ours has the Company ID in it: choose the SP sign-in"
                        + " URL that all workspaces share, under “More options” on the page of single sign-on."
                ] : []) + [
                    "A name may stand once among all attribute statements: Okta refuses a group statement that is named like another"
                        + " one.",
                    "Whoever is not assigned to the app is refused at Okta, and does not appear in the sign-in log here.",
                    "For logout at Okta too, tick “Enable Single Logout” in the advanced settings: the single logout URL is"
                        + " \(values.singleLogoutService), the SP issuer \(values.spIssuer), and the signature certificate is the one"
                        + " for signing in the metadata of Portico.",
                ]
        )
    }
}
