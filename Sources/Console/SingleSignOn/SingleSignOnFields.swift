import SAML
import Workspaces

/// The fields of the form of single sign-on, in their order.
struct SingleSignOnFields {
    let provider: [FormField]
    let certificates: FormField
    let refresh: FormField?
    let metadataURL: String
    let preset: FormField
    let presetBefore: String
    let names: [FormField]
    let roles: FormField
    let signing: [FormField]
    let advanced: [FormField]
    let logout: [FormField]
    let namesAreOpen: Bool
    let advancedIsOpen: Bool

    /// Every field, in its order on the page.
    var all: [FormField] {
        self.provider + [self.certificates] + (self.refresh.map { [$0] } ?? []) + [self.preset] + self.names
            + [self.roles] + self.signing + self.advanced + self.logout
    }

    init(_ values: SingleSignOnValues, problems: FormProblems) {
        self.provider = Self.provider(values, problems)
        self.certificates = FormField(
            "certificates",
            "Public certificate",
            value: values.certificates,
            control: .area(rows: 6),
            help: "Paste a certificate to add it, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----."
                + " Two at once make a rollover.",
            problems: problems
        )
        self.metadataURL = values.metadataURL
        self.refresh = values.metadataRefresh.map { mode in
            FormField(
                "metadata_refresh",
                "Following the metadata",
                control: FormField.choices(
                    [
                        ("pinned", "Ask us before a new certificate counts"),
                        ("automatic", "Take new certificates at once"),
                        ("off", "Do not look at it again"),
                    ],
                    selected: mode.rawValue
                ),
                help: "It is fetched again from \(values.metadataURL).",
                problems: problems
            )
        }
        self.preset = Self.preset(values, problems)
        self.presetBefore = values.preset?.rawValue ?? SingleSignOnValues.customPreset
        self.names = Self.names(values.names, problems)
        self.roles = FormField(
            "roles_mode",
            "Roles from the identity provider",
            control: FormField.choices(
                [
                    ("auto", "From the first response that names roles"),
                    ("required", "Always; a response without roles is refused"),
                    ("off", "Never; roles are given by hand"),
                ],
                selected: values.rolesMode.rawValue
            ),
            help: "Roles come as values of the form company_ROLE.",
            problems: problems
        )
        self.signing = Self.signing(values, problems)
        self.advanced = Self.advanced(values, problems)
        self.logout = Self.logout(values, problems)
        self.namesAreOpen = values.preset == nil || self.names.contains { $0.problem != nil }
        self.advancedIsOpen = (self.advanced + self.logout).contains { $0.problem != nil }
    }

    private static func provider(_ values: SingleSignOnValues, _ problems: FormProblems) -> [FormField] {
        [
            FormField(
                "sign_in_url",
                "Identity provider sign-in URL",
                value: values.signInURL,
                control: .line(type: "text"),
                help: "Where people are sent to sign in. It begins with https://.",
                problems: problems
            ),
            FormField(
                "issuer",
                "Identity provider issuer",
                value: values.issuer,
                help: "Also called entity ID. Exactly as your provider shows it.",
                problems: problems
            ),
        ]
    }

    private static func preset(_ values: SingleSignOnValues, _ problems: FormProblems) -> FormField {
        // Two presets may have the same names: then both mean the first, which alone is selected.
        var options = AttributePreset.allCases.map { preset in
            FormField.Option(
                value: preset.rawValue,
                label: preset.title,
                isSelected: preset == values.preset,
                names: .init(
                    email: preset.names.email,
                    displayName: preset.names.displayName,
                    firstName: preset.names.firstName,
                    lastName: preset.names.lastName,
                    groups: preset.names.groups,
                    roles: preset.names.roles
                )
            )
        }
        options.append(
            .init(value: SingleSignOnValues.customPreset, label: "Other names", isSelected: values.preset == nil)
        )
        return FormField(
            "attribute_preset",
            "Attribute names",
            control: .choice(options),
            help: "How your provider calls what it sends of a person.",
            problems: problems
        )
    }

    private static func names(_ names: AttributeNames, _ problems: FormProblems) -> [FormField] {
        let rows = [
            ("email", "E-mail address", names.email, "email"),
            ("display_name", "Display name", names.displayName, "displayName"),
            ("first_name", "First name", names.firstName, "firstName"),
            ("last_name", "Last name", names.lastName, "lastName"),
            ("groups", "Groups", names.groups, "groups"), ("roles", "Roles", names.roles, "roles"),
        ]
        let values = FormField(
            "attributes.group_values",
            "Several groups come as",
            control: FormField.choices(
                [("separate", "A value for each"), ("comma", "One value, with commas between")],
                selected: names.groupValues.rawValue
            ),
            problems: problems
        )
        return rows.map { name, label, value, attribute in
            FormField("attributes.\(name)", label, value: value, problems: problems, attribute: attribute)
        } + [values]
    }

    private static func signing(_ values: SingleSignOnValues, _ problems: FormProblems) -> [FormField] {
        [
            FormField(
                "signature_policy",
                "What your provider must sign",
                control: FormField.choices(
                    [
                        ("either", "The response or the assertion"), ("assertion", "The assertion"),
                        ("response", "The response"), ("both", "The response and the assertion"),
                    ],
                    selected: values.signaturePolicy.rawValue
                ),
                problems: problems
            ),
            FormField(
                "sign_requests",
                "Sign requests to the provider",
                control: .check(values.signRequests),
                help: "Portico’s certificate is in its metadata.",
                problems: problems
            ),
            FormField(
                "require_encryption",
                "Refuse assertions that are not encrypted",
                control: .check(values.requireEncryption),
                help: "Encrypted ones are accepted in any case.",
                problems: problems
            ),
        ]
    }
}
