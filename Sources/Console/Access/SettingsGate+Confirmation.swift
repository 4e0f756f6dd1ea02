import GatewayHTTP
import HTTPTypes
import Hummingbird

extension SettingsGate {
    /// Answers the form of a dangerous step, once the person has confirmed who they are; otherwise leads there, and back
    /// to the page of the form, which has to be sent again.
    ///
    /// - Returns: What `body` answers; 303 to the confirmation, or to the sign-in page for whoever is not signed in.
    /// - Throws: What ``change(_:decoder:body:)`` throws.
    func changeConfirmed(
        _ request: Request,
        page: ConsolePath,
        body: (SettingsVisit, Form) async throws -> Response
    ) async throws -> Response {
        try await self.change(request) { visit, form in
            let site = self.service.pages.site
            if let confirmation = visit.confirmation(for: page, site: site, now: self.service.now()) {
                return Response(status: .seeOther, headers: [.location: confirmation.path])
            }
            return try await body(visit, form)
        }
    }
}
