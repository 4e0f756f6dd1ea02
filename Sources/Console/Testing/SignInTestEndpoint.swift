import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import Storage
import Workspaces

/// Test sign-ins: POST begins one and sends the browser off, GET shows what came of it (behavior T7).
///
/// The result is for the very session or visit that began the test, and for nobody else who may see the settings: it has
/// what the identity provider says of a person.
struct SignInTestEndpoint: Sendable {
    let service: Console

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.site.testResultPath)
        router.post(path) { request, _ in
            try await self.service.gate.change(request) { visit, _ in try await self.begin(visit, request.headers) }
        }
        router.get(path) { request, _ in
            try await self.service.gate.show(request) { visit in try await self.result(visit, request) }
        }
    }

    private func begin(_ visit: SettingsVisit, _ headers: HTTPFields) async throws -> Response {
        let cookies = self.site.cookies
        let browserKey = cookies.browserKey(in: headers).flatMap { BrowserKey(cookieValue: $0) } ?? .random()
        let test: SignInTest
        do {
            test = try await self.service.tests.begin(
                visit.scope,
                owner: visit.visitor.testOwner,
                browserHash: browserKey.hash,
                now: self.service.now()
            )
        } catch let refusal as AdministrationRefusal {
            let problem = ConfigurationMistakes.Mistake(field: "test", message: refusal.description)
            let edited = try await self.service.edited(visit)
            let page = SingleSignOnPage(edited, service: self.service, problems: FormProblems([problem]))
            return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
        }
        return Response(
            status: .seeOther,
            headers: [
                .location: self.site.testDeparturePath + "?id=" + test.request.id.value,
                .setCookie: cookies.settingBrowserKey(browserKey.cookieValue),
            ]
        )
    }

    private func result(_ visit: SettingsVisit, _ request: Request) async throws -> Response {
        let query = FormDecoder.decodeQuery(of: request)
        guard let id = try query.optionalValue("id").flatMap({ MessageID($0) }),
            let test = try await self.service.tests.test(id: id),
            test.request.workspaceID == visit.scope.workspaceID, test.owner == visit.visitor.testOwner
        else { throw GatewayError(.notFound) }
        let edited = try await self.service.edited(visit)
        let page = SignInTestPage(
            edited.visit,
            test: test,
            catalogue: self.service.catalogue,
            renderer: self.service.renderer
        )
        return self.service.renderer.response(page, with: .signInTest)
    }
}
