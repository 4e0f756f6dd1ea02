import GatewayHTTP

/// The role that somebody chose for a person.
struct TypedRole {
    /// Its name; empty where the form chooses none.
    let name: String
    /// The name of the role that the form was made of, empty for none; nil for a form that does not say.
    let shown: String?

    /// Reads a form.
    init(_ form: Form) throws(RequestRefusal) {
        self.name = try form.optionalValue("role") ?? ""
        self.shown = try form.optionalValue("seen.role")
    }
}
