import GatewayHTTP
import Workspaces

/// What a person typed, or what a deep link says, before anything of it is looked up.
struct SignInForm {
    /// The text in the place of a Company ID; `nil` when there is none.
    let companyID: String?
    /// Where the person goes afterwards.
    let returnPath: ReturnPath
    /// The Company ID that the person agreed to on the page that names the workspace.
    let confirmed: String?

    /// Reads the fields of a form or a query.
    ///
    /// - Throws: ``RequestRefusal/formInvalid`` when one of them comes twice.
    init(_ form: Form) throws(RequestRefusal) {
        self.companyID = try form.optionalValue("company_id")
        self.returnPath = ReturnPath(try form.optionalValue("rd") ?? "/")
        self.confirmed = try form.optionalValue("confirmed")
    }

    /// Whether the person agreed to sign in to this very workspace.
    func confirms(_ companyID: CompanyID) -> Bool {
        self.confirmed == companyID.value
    }
}
