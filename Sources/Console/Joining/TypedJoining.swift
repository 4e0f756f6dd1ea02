import GatewayHTTP
import Workspaces

/// Who may join, as a form has it, and as its page was made.
struct TypedJoining {
    let wanted: JoiningRules
    let seen: JoiningRules

    /// Whether the form may be saved over what a workspace has: nobody has changed it, or to the same.
    func mayReplace(_ saved: JoiningRules) -> Bool { saved == self.seen || saved == self.wanted }
}

extension JoiningRules {
    /// Reads what was chosen, or with `seen.` before each name what the form was made of.
    ///
    /// - Throws: `form_invalid` for a form that our page cannot have sent.
    init(_ form: Form, _ prefix: String = "") throws {
        guard let selfRegistration = Bool(try form.value(prefix + "self_registration")),
            let allowGuests = Bool(try form.value(prefix + "guests"))
        else { throw GatewayError(.formInvalid) }
        self.init(
            selfRegistration: selfRegistration,
            defaultRole: try form.value(prefix + "default_role"),
            allowGuests: allowGuests
        )
    }
}
