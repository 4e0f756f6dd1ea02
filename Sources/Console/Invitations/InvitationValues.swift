import GatewayHTTP

/// What was typed into the form that invites.
struct InvitationValues {
    var email = ""
    /// The role's name; empty for the one that is offered first.
    var role = ""
}

extension InvitationValues {
    /// Reads a form.
    init(_ form: Form) throws(RequestRefusal) {
        self.init(email: try form.optionalValue("email") ?? "", role: try form.optionalValue("role") ?? "")
    }
}
