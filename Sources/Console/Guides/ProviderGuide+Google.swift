import Workspaces

extension ProviderGuide {
    static func google(_ values: GuideValues) -> ProviderGuide {
        let attributes = values.rows([
            (.email, ["Basic Information › Primary email"]), (.firstName, ["Basic Information › First name"]),
            (.lastName, ["Basic Information › Last name"]), (.roles, ["Portico › roles"]),
        ])
        var steps = [
            Step(
                title: "Add the app",
                words: [
                    "In the Admin console go to “Apps”, “Web and mobile apps”, “Add app”, “Add custom SAML app”, and give it a name.",
                    "On the page “Google Identity Provider details” press “Download metadata”: that file is what Portico reads.",
                ]
            ),
            Step(
                title: "Fill in “Service provider details”",
                words: [
                    "“Start URL” stays empty, and the Name ID may stay as it is.",
                    values.signature(
                        either: "“Signed response” may be ticked or not.",
                        assertion: "Leave “Signed response” off: Google signs the assertion then.",
                        response: "Tick “Signed response”.",
                        both:
                            "Google signs the response or the assertion, never both, and this workspace asks for both: change"
                            + " “What your provider must sign” on the page of single sign-on first."
                    ),
                ],
                placed: [
                    Placed(field: "ACS URL", value: values.assertionConsumerService),
                    Placed(field: "Entity ID", value: values.spIssuer),
                ]
            ),
        ]
        if values.usesRoles {
            steps.append(
                Step(
                    title: "Make room for roles",
                    words: [
                        "Under “Directory”, “Users”, “More options”, “Manage custom attributes” add the category Portico with the"
                            + " field roles: “Info type” is Text, “No. of values” is Multi-value.",
                        "Then open a person, “User information”, and add one of these values: \(values.roleList).",
                    ]
                )
            )
        }
        steps.append(
            Step(
                title: "Send who the person is",
                words: ["On the page “Attribute mapping” of the app press “Add mapping” for each."],
                table: Table(
                    caption: "Attribute mapping",
                    columns: ["App attributes", "Google Directory attributes"],
                    rows: attributes
                )
            )
        )
        if let groups = values.name(of: .groups) {
            steps.append(
                Step(
                    title: "Send groups",
                    words: ["Under “Group membership” choose the groups that are mapped here, at most 75."],
                    placed: [Placed(field: "App attribute", value: groups)]
                )
            )
        }
        steps.append(
            Step(
                title: "Switch the app on for people",
                words: [
                    "A new app is off for everybody: open “User access” and switch it on for the units or groups you mean."
                ]
            )
        )
        return ProviderGuide(
            steps: steps,
            origin: Origin(
                metadata: "“Download metadata”: a file, for Google has no address for it",
                signInURL: "“SSO URL”",
                issuer: "“Entity ID”, which begins with https://accounts.google.com/o/saml2",
                certificate: "“Certificate”, to copy or to download"
            ),
            preset: .google,
            traps: [
                "A change at Google may take up to 24 hours until it reaches everybody. “User access” is the usual one.",
                "403 app_not_configured or app_not_configured_for_user at Google means that its entity ID is not"
                    + " \(values.spIssuer) to the letter; app_not_enabled_for_user, that the app is off for this person.",
                "400 duplicate entity id means that another app has this entity ID: use that app, or give this workspace an SP"
                    + " issuer of its own on the page of single sign-on.",
                "Google has no single logout: signing out here ends the session here. Leave “Provider’s logout URL” empty.",
                "All your SAML apps use one certificate, which is good for five years, unless you make a second one and give an"
                    + " app that. Add the second one here beside the first before you do.",
                "A group that was renamed has to be chosen again under “Group membership”.",
            ]
        )
    }
}
