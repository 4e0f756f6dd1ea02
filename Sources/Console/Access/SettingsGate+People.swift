import GatewayHTTP
import HTTPTypes
import Hummingbird

/// The pages about people, which a setup link does not open: they are not there for whoever came by one.
extension SettingsGate {
    /// Answers a request for a page about people.
    ///
    /// - Throws: What ``show(_:body:)`` throws, and `not_found` for the visitor of a setup link.
    func showPeople(
        _ request: Request,
        body: (SettingsVisit) async throws -> Response
    ) async throws -> Response {
        try await self.show(request) { visit in
            guard visit.visitor.seesPeople else { throw GatewayError(.notFound) }
            return try await body(visit)
        }
    }

    /// Answers the form of a page about people.
    ///
    /// - Throws: What ``change(_:decoder:body:)`` throws, and `not_found` for the visitor of a setup link.
    func changePeople(
        _ request: Request,
        decoder: FormDecoder = .settings,
        body: (SettingsVisit, Form) async throws -> Response
    ) async throws -> Response {
        try await self.change(request, decoder: decoder) { visit, form in
            guard visit.visitor.seesPeople else { throw GatewayError(.notFound) }
            return try await body(visit, form)
        }
    }
}
