import GatewayHTTP
import Workspaces

/// What was typed into the form that invites.
struct InvitationValues {
    var email = ""
    /// The role's name; nil where the form has none to choose, which offers the first then.
    var role: String?
    /// The address of an invitation that there is already, and its role: the form said so when it was sent.
    var seenEmail = ""
    var seenRole = ""

    /// The role of the invitation of an address that the form told of; nil where it told of none.
    func seenRole(of email: Email) -> String? {
        Email(self.seenEmail) == email ? self.seenRole : nil
    }
}

extension InvitationValues {
    /// Reads a form.
    init(_ form: Form) throws(RequestRefusal) {
        self.init(
            email: try form.optionalValue("email") ?? "",
            role: try form.optionalValue("role"),
            seenEmail: try form.optionalValue("seen.email") ?? "",
            seenRole: try form.optionalValue("seen.role") ?? ""
        )
    }
}
