/// saml-core 3.3.2.2.1: where the workspace wants certain classes of authentication, the statement has to name one of them,
/// character by character (saml-security D14).
///
/// The workspace wants it of every sign-in, whoever began it: a request is not the only way to the identity provider.
struct AuthnContextRule {
    let requested: RequestedAuthnContext?

    func check(_ statement: AuthnStatement) throws(ResponseRejection) -> Finding {
        let got = CheckedValue.text(statement.authnContextClassRef ?? "no AuthnContextClassRef")
        guard let requested else { return Finding(wanted: "any class: the workspace asks for none", got: got) }
        guard let classRef = statement.authnContextClassRef, requested.contains(classRef) else {
            throw ResponseRejection(
                .authnContextRefused,
                rule: "AuthnContextRule",
                wanted: requested.classRefs.joined(separator: " "),
                got: got.description
            )
        }
        return Finding(wanted: .list(requested.classRefs), got: got)
    }
}
