import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// What was typed, across the fresh sign-in that its step wants.
extension SettingsGate {
    /// For how long it is kept: longer than a sign-in at the identity provider takes.
    private static let keeping: TimeInterval = 900

    /// What comes before a dangerous step: nil once the person has confirmed who they are.
    ///
    /// Otherwise the form is kept, and the answer leads back to the page at `path`, which shows it and the way to confirm: a form
    /// of the settings leads to no other site, and browsers count redirects.
    ///
    /// - Throws: `PostgreSQLError`.
    func confirmation(of visit: SettingsVisit, keeping form: Form, at path: String) async throws -> Response? {
        let now = self.service.now()
        guard let session = visit.visitor.session,
            visit.confirmation(at: path, site: self.service.pages.site, now: now) != nil
        else { return nil }
        let fields = form.fields.filter { $0.name != CSRFToken.fieldName }
        try await self.service.keptForms.keep(
            KeptForm(path: path, names: fields.map(\.name), texts: fields.map(\.value)),
            visit.scope,
            of: session.userID,
            until: now.addingTimeInterval(Self.keeping)
        )
        return Response(status: .seeOther, headers: [.location: path])
    }

    /// What the person had typed on a page before they confirmed who they are; nil where there is nothing.
    ///
    /// - Throws: `PostgreSQLError`.
    func keptForm(of visit: SettingsVisit, at path: String) async throws -> Form? {
        guard let session = visit.visitor.session else { return nil }
        let now = self.service.now()
        let kept = try await self.service.keptForms.form(visit.scope, of: session.userID, at: path, now: now)
        return kept.map { Form(fields: zip($0.names, $0.texts).map { Form.Field(name: $0, value: $1) }) }
    }

    /// Forgets what was kept of a page, because its step was done or given up.
    ///
    /// - Throws: `PostgreSQLError`.
    func forgetKeptForm(of visit: SettingsVisit, at path: String) async throws {
        guard let session = visit.visitor.session else { return }
        try await self.service.keptForms.forget(visit.scope, of: session.userID, at: path)
    }
}
