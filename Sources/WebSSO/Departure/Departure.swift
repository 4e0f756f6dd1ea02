import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAMLBindings

/// How the browser takes a message to the identity provider.
enum Departure {
    /// By a redirect to the URL.
    case redirect(String)
    /// By a form.
    case form(PostedForm)

    /// What the browser is answered.
    ///
    /// - Parameters:
    ///   - pages: Renders the page of a form.
    ///   - method: How the browser asked.
    ///   - purpose: What the person was doing.
    ///   - workspaceName: The workspace that it is about.
    /// - Returns: A redirect, or a page.
    func response(
        of pages: PageRenderer,
        to method: HTTPRequest.Method,
        purpose: PostingPage.Purpose,
        workspaceName: String
    ) -> Response {
        switch self {
        case .redirect(let url):
            Response(status: method == .get ? .found : .seeOther, headers: [.location: url])
        case .form(let form):
            pages.response(
                posting: PostingPage(
                    action: form.action,
                    fields: form.fields.map { PostingPage.Field(name: $0.name, value: $0.value) },
                    purpose: purpose,
                    workspaceName: workspaceName
                )
            )
        }
    }
}
