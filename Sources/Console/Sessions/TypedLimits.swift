import GatewayHTTP
import Workspaces

/// The limits of sessions as a form has them, and those that its page was made of.
struct TypedLimits {
    let wanted: SessionLimitsChange
    let seen: SessionLimitsChange

    /// Reads the form.
    ///
    /// - Throws: `form_invalid` for a form that our page cannot have sent.
    init(_ form: Form) throws(RequestRefusal) {
        self.wanted = SessionLimitsChange(
            maxAge: try form.value("max_session_age"),
            maxIdle: try form.value("max_time_between_activity")
        )
        self.seen = SessionLimitsChange(
            maxAge: try form.value("seen.max_session_age"),
            maxIdle: try form.value("seen.max_time_between_activity")
        )
    }

    /// Whether the form may be saved over the limits of a workspace: nobody has changed them, or to the same.
    func mayReplace(_ saved: SessionLimitsChange) -> Bool { saved == self.seen || saved == self.wanted }
}
