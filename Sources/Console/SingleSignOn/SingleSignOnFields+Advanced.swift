import SAML
import Workspaces

extension SingleSignOnFields {
    static func advanced(_ values: SingleSignOnValues, _ problems: FormProblems) -> [FormField] {
        [
            FormField(
                "sp_issuer",
                "SP issuer",
                value: values.spIssuer,
                help: "The name by which your provider knows Portico. Change it there as well.",
                problems: problems
            ),
            FormField(
                "acs_style",
                "SP sign-in URL",
                control: FormField.choices(
                    [
                        ("shared", "The one that all workspaces share"),
                        ("own", "One of this workspace, with the Company ID in it"),
                    ],
                    selected: values.acsStyle.rawValue
                ),
                help: "Change it at your provider at the same time.",
                problems: problems
            ),
            FormField(
                "request_binding",
                "How requests travel",
                control: Self.bindings(values.requestBinding),
                problems: problems
            ),
            FormField(
                "name_id_policy",
                "NameID that requests ask for",
                control: FormField.choices(
                    [
                        ("any", "Any"), ("unspecified", "Unspecified"), ("email", "E-mail address"),
                        ("persistent", "Persistent"), ("transient", "Transient"), ("omitted", "Say nothing of it"),
                    ],
                    selected: values.nameIDPolicy.rawValue
                ),
                problems: problems
            ),
            FormField(
                "authn_context",
                "Ways of authentication that are accepted",
                value: values.authnContext,
                help: "URIs or SAML names such as PasswordProtectedTransport, with spaces between; empty for any.",
                problems: problems
            ),
            FormField(
                "force_authn",
                "People authenticate anew at each sign-in",
                control: .check(values.forceAuthn),
                problems: problems
            ),
            FormField(
                "send_login_hint",
                "Send the login hint of a link along",
                control: .check(values.sendLoginHint),
                problems: problems
            ),
            FormField(
                "allow_idp_initiated",
                "A sign-in may begin at the identity provider",
                control: .check(values.allowIdPInitiated),
                help:
                    "Less safe: a page of somebody else’s can then sign a person in. Leave it off unless you need it.",
                problems: problems
            ),
        ]
    }

    static func logout(_ values: SingleSignOnValues, _ problems: FormProblems) -> [FormField] {
        [
            FormField(
                "slo_url",
                "Provider’s logout URL",
                value: values.sloURL,
                help: "Where logout goes on to; empty for none.",
                problems: problems
            ),
            FormField(
                "slo_binding",
                "How logout travels",
                control: Self.bindings(values.sloBinding),
                problems: problems
            ),
            FormField(
                "slo_response_url",
                "Provider’s logout response URL",
                value: values.sloResponseURL,
                help: "Only where it is another one.",
                problems: problems
            ),
        ]
    }

    private static func bindings(_ selected: RequestBinding) -> FormField.Control {
        FormField.choices(
            [("redirect", "HTTP-Redirect"), ("post", "HTTP-POST")],
            selected: selected.rawValue
        )
    }
}
