import GatewayHTTP
import HTTPTypes
import Hummingbird
import Workspaces

/// Gives up what was typed on a page and waits for a fresh sign-in, and leads back to the page.
struct KeptFormEndpoint: Sendable {
    let service: Console

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.post(RouterPath(self.site.settingsPath + "/forget")) { request, _ in
            try await self.service.gate.changePeople(request) { visit, form in
                let path = try form.value("page")
                // A page of the settings, and no other: the answer leads there.
                guard path.hasPrefix(self.site.settingsPath + "/"), ReturnPath(path).value == path else {
                    throw GatewayError(.formInvalid)
                }
                try await self.service.gate.forgetKeptForm(of: visit, at: path)
                return Response(status: .seeOther, headers: [.location: path])
            }
        }
    }
}
