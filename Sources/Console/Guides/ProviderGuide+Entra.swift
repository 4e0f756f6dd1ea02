import Workspaces

extension ProviderGuide {
    static func entra(_ values: GuideValues) -> ProviderGuide {
        var steps = [
            Step(
                title: "Create the application",
                words: [
                    "In the Microsoft Entra admin center go to “Enterprise applications”, “New application”, “Create your own"
                        + " application”, and choose “Integrate any other application you don’t find in the gallery”.",
                    "Then open “Single sign-on” and choose “SAML”.",
                ]
            ),
            Step(
                title: "Fill in “Basic SAML Configuration”",
                words: ["“Sign on URL” and “Relay State” stay empty."],
                placed: [
                    Placed(field: "Identifier (Entity ID)", value: values.spIssuer),
                    Placed(field: "Reply URL (Assertion Consumer Service URL)", value: values.assertionConsumerService),
                    Placed(field: "Logout Url (Optional)", value: values.singleLogoutService),
                ]
            ),
            Step(
                title: "Send who the person is",
                words: [
                    "Under “Attributes & Claims” make these claims with “Add new claim”; the source is “Attribute”. “Namespace”"
                        + " stays empty where the table has none. Change or delete the claims that are there already."
                ],
                table: Table(
                    caption: "Claims",
                    columns: ["Name", "Namespace", "Source attribute"],
                    rows:
                        values.rows([
                            (.email, ["user.mail"]), (.displayName, ["user.displayname"]),
                            (.firstName, ["user.givenname"]),
                            (.lastName, ["user.surname"]),
                        ])
                        .map { Self.claim($0) }
                )
            ),
        ]
        if values.usesRoles {
            steps.append(
                Step(
                    title: "Send roles",
                    words: [
                        "Under “App registrations”, “All applications”, your application, “App roles” make a role for each that"
                            + " you give: “Allowed member types” is Users/Groups, and “Value” is one of \(values.roleList).",
                        "Back in the enterprise application give them to people under “Users and groups”, and add one more claim.",
                    ],
                    table: Table(
                        caption: "Claim of roles",
                        columns: ["Name", "Namespace", "Source attribute"],
                        rows: values.rows([(.roles, ["user.assignedroles"])]).map { Self.claim($0) }
                    )
                )
            )
        } else {
            steps.append(
                Step(
                    title: "Give people the application",
                    words: ["Under “Users and groups” add the people or groups who may sign in, yourself among them."]
                )
            )
        }
        if let groups = values.name(of: .groups) {
            let parts = Self.claim([groups])
            steps.append(
                Step(
                    title: "Send groups",
                    words: [
                        "Under “Attributes & Claims” press “Add a group claim” and choose “Groups assigned to the application”,"
                            + " which keeps the list short. Under “Advanced options” tick “Customize the name of the group"
                            + " claim”.",
                        "As source attribute take “Cloud-only group display names”, or “Group ID” and map the object ids under"
                            + " Mappings.",
                    ],
                    placed: [Placed(field: "Name", value: parts[0])]
                        + (parts[1].isEmpty ? [] : [Placed(field: "Namespace", value: parts[1])])
                )
            )
        }
        return ProviderGuide(
            steps: steps,
            origin: Origin(
                metadata: "“SAML Certificates”, “App Federation Metadata Url”",
                signInURL: "“Set up” your application, “Login URL”",
                issuer:
                    "“Microsoft Entra Identifier”, which begins with https://sts.windows.net/ and ends with a slash",
                certificate: "“SAML Certificates”, “Certificate (Base64)”"
            ),
            preset: .entraURI,
            traps: [
                values.signature(
                    either:
                        "Any “Signing Option” under “SAML Certificates” will do, as long as “Signing Algorithm” is SHA-256.",
                    assertion:
                        "“Signing Option” under “SAML Certificates” has to be “Sign SAML assertion” or “Sign SAML response"
                        + " and assertion”, and “Signing Algorithm” SHA-256.",
                    response:
                        "“Signing Option” under “SAML Certificates” has to be “Sign SAML response” or “Sign SAML response"
                        + " and assertion”, and “Signing Algorithm” SHA-256.",
                    both:
                        "“Signing Option” under “SAML Certificates” has to be “Sign SAML response and assertion”, and “Signing"
                        + " Algorithm” SHA-256."
                ),
                "Somebody without a mailbox has no user.mail, and is refused here with email_missing. Take"
                    + " user.userprincipalname where it is the address.",
                "Somebody in more than 150 groups comes without any group: Entra leaves the list out. Send only the groups that"
                    + " are assigned to the application, or give roles as app roles.",
                "Whoever is not assigned is stopped at Microsoft (AADSTS50105), and does not appear in the sign-in log here.",
                "Take the metadata URL of the application, with appid= in it: the one of the whole tenant may name other"
                    + " certificates.",
            ]
        )
    }

    /// A claim as Entra asks for it: what stands before the last slash of an address is its namespace.
    private static func claim(_ row: [String]) -> [String] {
        guard let name = row.first, name.hasPrefix("http"), let slash = name.lastIndex(of: "/") else {
            return [row[0], ""] + row.dropFirst()
        }
        return [String(name[name.index(after: slash)...]), String(name[..<slash])] + row.dropFirst()
    }
}
