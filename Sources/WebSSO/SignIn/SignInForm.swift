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
    /// Whether the identity provider shall ask the person anew.
    let isConfirmation: Bool
    /// The address of the person, where the link says it; a text that is none is nobody's address.
    let loginHint: Email?

    /// The greatest length of a return path in bytes, as it is stored with the request; a longer one becomes `/`.
    static let maximumReturnPath = 1024

    /// Reads the query of a link, which agrees to nothing: it may be another site's (rulings 11).
    ///
    /// - Throws: ``RequestRefusal/formInvalid`` when a field comes twice.
    init(link: Form) throws(RequestRefusal) {
        try self.init(link, confirmed: nil)
    }

    /// Reads the form that the person sent.
    ///
    /// - Throws: ``RequestRefusal/formInvalid`` when a field comes twice.
    init(posted: Form) throws(RequestRefusal) {
        try self.init(posted, confirmed: try posted.optionalValue("confirmed"))
    }

    private init(_ form: Form, confirmed: String?) throws(RequestRefusal) {
        let returnPath = ReturnPath(try form.optionalValue("rd") ?? "/")
        self.companyID = try form.optionalValue("company_id")
        self.returnPath = returnPath.value.utf8.count <= Self.maximumReturnPath ? returnPath : .root
        self.confirmed = confirmed
        self.isConfirmation = try form.optionalValue("confirm") == "on"
        self.loginHint = try form.optionalValue("login_hint").flatMap { Email($0) }
    }

    /// The address that was typed in the place of a Company ID: whatever has an at sign, which no Company ID has.
    var typedAddress: String? {
        self.companyID.flatMap { $0.utf8.contains(UInt8(ascii: "@")) ? $0 : nil }
    }

    /// The address of the person: what was typed, else what the link says.
    var email: Email? {
        self.typedAddress.flatMap { Email($0) } ?? self.loginHint
    }

    /// Whether the person agreed to sign in to this very workspace.
    func confirms(_ companyID: CompanyID) -> Bool {
        self.confirmed == companyID.value
    }
}
