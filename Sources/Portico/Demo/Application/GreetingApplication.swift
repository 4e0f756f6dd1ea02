import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle

/// The application behind the gateway in the demonstration: it knows nothing of SAML, it reads headers.
struct GreetingApplication: Service {
    /// Where its stylesheet is; everything else is the greeting.
    static let stylesheetPath = "/sample-application.css"

    let port: Int
    let signOutURL: String
    let identityProviderSignOutURL: String
    let logger: Logger

    func run() async throws {
        let router = Router()
        router.get(RouterPath(Self.stylesheetPath)) { _, _ in
            Self.response(GreetingStylesheet.text, type: "text/css; charset=utf-8")
        }
        router.get("**") { request, _ in self.greet(request) }
        router.get("/") { request, _ in self.greet(request) }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: self.port)),
            logger: self.logger
        )
        try await application.run()
    }

    private func greet(_ request: Request) -> Response {
        let page = GreetingPage(
            request: ReceivedRequest(target: request.uri.string, fields: request.headers),
            signOutURL: self.signOutURL,
            identityProviderSignOutURL: self.identityProviderSignOutURL
        )
        return Self.response(page.html, type: "text/html; charset=utf-8")
    }

    /// A response that runs no script and is kept by no cache: it shows a person's data.
    private static func response(_ text: String, type: String) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = type
        fields[.cacheControl] = "no-store"
        fields[.contentSecurityPolicy] = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'"
        fields[.xContentTypeOptions] = "nosniff"
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
