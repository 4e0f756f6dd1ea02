import Fetching
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Workspaces
import XMLSecurity

/// Reads metadata from an address or from what was pasted, and fills the form of single sign-on with it; nothing is saved
/// before somebody has looked and presses the button there.
struct MetadataPreviewEndpoint: Sendable {
    let service: Console

    /// What was typed, and why it cannot be used.
    private struct Rejected: Error {
        let field: String
        let words: String
        var asksForEntity = false
    }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = ConsolePath.singleSignOn.path(at: self.service.pages.site) + "/metadata"
        router.post(RouterPath(path)) { request, _ in
            try await self.service.gate.change(request, decoder: .metadata) { visit, form in
                try await self.preview(visit, form)
            }
        }
    }

    private func preview(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let edited = try await self.service.edited(visit)
        let url = Self.trimmed(try form.value("idp_metadata_url"))
        let text = try form.value("idp_metadata")
        let entityID = try form.optionalValue("entity_id")
        do {
            let document = try await self.document(url: url, text: text, entityID: entityID)
            return try self.page(edited, of: document, from: url.isEmpty ? .file : .url(url))
        } catch let rejected as Rejected {
            let problems = FormProblems([.init(field: rejected.field, message: rejected.words)])
            let asked = entityID ?? (rejected.asksForEntity ? "" : nil)
            return self.formAgain(
                edited,
                MetadataFields(url: url, text: text, entityID: asked, problems: problems),
                problems: problems
            )
        } catch let mistakes as ConfigurationMistakes {
            let problems = FormProblems(
                mistakes.mistakes.map { .init(field: "idp_metadata", message: $0.message) }
            )
            return self.formAgain(
                edited,
                MetadataFields(url: url, text: text, entityID: entityID, problems: problems),
                problems: problems
            )
        }
    }

    private func formAgain(_ edited: EditedSettings, _ fields: MetadataFields, problems: FormProblems) -> Response {
        let page = SingleSignOnPage(edited, service: self.service, problems: problems, metadata: fields)
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }

    private func document(url: String, text: String, entityID: String?) async throws -> MetadataDocument {
        let hasText = !text.allSatisfy(\.isWhitespace)
        guard url.isEmpty == hasText else {
            let words =
                hasText ? "There is an address and a text. Give one of the two." : "Give the address or the text."
            throw Rejected(field: "idp_metadata_url", words: words)
        }
        let field = hasText ? "idp_metadata" : "idp_metadata_url"
        var entity: EntityID?
        if let entityID, !entityID.isEmpty {
            entity = EntityID(entityID)
            guard entity != nil else {
                throw Rejected(
                    field: "entity_id",
                    words: "It has white space around it or is too long. Copy it from the list as it stands there."
                )
            }
        }
        let bytes = hasText ? Array(text.utf8) : try await self.fetch(url)
        guard bytes.count <= XMLLimits.samlMetadata.byteCount else {
            throw Rejected(field: field, words: "It is longer than 1 MiB. Give the metadata of your provider alone.")
        }
        do throws(MetadataRejection) {
            return try MetadataDocument(bytes, entityID: entity, now: self.service.now())
        } catch .severalEntities(let names) {
            let rejection = MetadataRejection.severalEntities(names)
            throw Rejected(field: "entity_id", words: rejection.description, asksForEntity: true)
        } catch .entityNotFound(let name, let among) {
            let rejection = MetadataRejection.entityNotFound(name, among: among)
            throw Rejected(field: "entity_id", words: rejection.description)
        } catch {
            throw Rejected(field: field, words: error.description)
        }
    }

    /// An address often comes with a space or a line break that somebody copied along.
    private static func trimmed(_ text: String) -> String {
        let beginning = text.drop(while: \.isWhitespace)
        return String(beginning.reversed().drop(while: \.isWhitespace).reversed())
    }

    private func fetch(_ url: String) async throws -> [UInt8] {
        do {
            return try await self.service.fetcher.fetch(FetchURL(url))
        } catch let failure as FetchFailure {
            throw Rejected(field: "idp_metadata_url", words: Self.words(for: failure))
        }
    }

    /// What a workspace is told: which names and addresses there are around the gateway is the operator's business.
    private static func words(for failure: FetchFailure) -> String {
        switch failure {
        case .notResolved, .addressRefused:
            "It leads to no host of the public Internet. Correct it, or paste the metadata. Where your provider is inside"
                + " your own network, the operator of Portico can allow its address (PORTICO_FETCH_ALLOW)."
        case .unreachable, .tlsRefused, .timedOut, .answerMalformed:
            "Nothing that can be trusted answers there. Check the address, or paste the metadata."
        case .urlRefused, .tooLarge, .tooManyRedirections, .redirectionRefused, .status:
            failure.description
        }
    }

    /// The form with the values of the metadata in it, and how they differ from what is saved.
    private func page(
        _ edited: EditedSettings,
        of document: MetadataDocument,
        from origin: MetadataOrigin
    ) throws -> Response {
        let visit = edited.visit
        let current = visit.configured.identityProvider
        var change = SAMLConfigurationChange()
        try change.take(document.metadata, certificates: document.certificates, from: origin, over: current)
        let administration = WorkspaceAdministration(
            configured: visit.configured,
            actor: visit.visitor.actor,
            now: self.service.now()
        )
        let outcome = try administration.configureSAML(change, loopbackHTTP: self.service.loopbackHTTP)
        var values = SingleSignOnValues(outcome.configured)
        let pinned = current?.certificates ?? []
        let listed = outcome.configured.identityProvider?.certificates ?? []
        values.certificates =
            listed.filter { certificate in !pinned.contains(certificate) }
            .compactMap { try? SigningCertificate(der: $0.der).pem }.joined()
        values.removed = Set(pinned.filter { !listed.contains($0) }.map(\.sha256Fingerprint))
        let page = SingleSignOnPage(
            edited,
            service: self.service,
            values: values,
            notice: .preview,
            differences: outcome.differences
        )
        return self.service.renderer.response(page, with: .singleSignOn)
    }
}
