import Fetching
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Workspaces
import XMLSecurity

/// Reads metadata from an address, a file or what was pasted, and fills the form of single sign-on with it; nothing is saved
/// before somebody has looked and presses the button there.
///
/// The fields are part of that form, so that whatever else was typed comes along and stays.
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

    /// Answers a form that has metadata in it with the form, filled from the metadata.
    func preview(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let edited = try await self.service.edited(visit)
        let pinned = edited.visit.configured.identityProvider?.certificates ?? []
        let values = try SingleSignOnValues(form, pinned: pinned).withoutPrivateKey
        let version = try form.value("version")
        let typed = try TypedMetadata(form)
        var fields: MetadataFields
        var problems: FormProblems
        do {
            let document = try await self.document(typed)
            return try self.page(edited, of: document, from: typed, over: values, version: version)
        } catch let rejected as Rejected {
            problems = FormProblems([.init(field: rejected.field, message: rejected.words + typed.wordsOfLoss)])
            fields = MetadataFields(typed, asksForEntity: rejected.asksForEntity, problems: problems)
        } catch let mistakes as ConfigurationMistakes {
            problems = FormProblems(mistakes.mistakes.map { .init(field: typed.field, message: $0.message) })
            fields = MetadataFields(typed, problems: problems)
        }
        let page = SingleSignOnPage(
            edited,
            service: self.service,
            values: values,
            version: version,
            problems: problems,
            metadata: fields
        )
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }

    private func document(_ typed: TypedMetadata) async throws -> MetadataDocument {
        guard typed.missingFile.isEmpty else {
            let words = "The file did not come along. Choose it again and press “Read the metadata”."
            throw Rejected(field: "idp_metadata_file", words: words)
        }
        guard typed.count == 1 else {
            let words =
                typed.count == 0
                ? "Give the address, the file or the text."
                : "There is more than one of address, file and text. Give one."
            throw Rejected(field: "idp_metadata_url", words: words)
        }
        let field = typed.field
        var entity: EntityID?
        if let entityID = typed.entityID, !entityID.isEmpty {
            entity = EntityID(entityID)
            guard entity != nil else {
                throw Rejected(
                    field: "entity_id",
                    words: "It has white space around it or is too long. Copy it from the list as it stands there."
                )
            }
        }
        let bytes: [UInt8] =
            if typed.hasText { Array(typed.text.utf8) } else if let file = typed.file { file } else {
                try await self.fetch(typed.url)
            }
        guard bytes.count <= XMLLimits.samlMetadata.byteCount else {
            throw Rejected(field: field, words: "It is longer than 1 MiB. Give the metadata of your provider alone.")
        }
        do throws(MetadataRejection) {
            return try MetadataDocument(bytes, entityID: entity, now: self.service.now())
        } catch .severalEntities(let names) {
            throw Self.rejected(.severalEntities(names), of: typed)
        } catch .entityNotFound(let name, let among) {
            throw Self.rejected(.entityNotFound(name, among: among), of: typed)
        } catch {
            throw Rejected(field: field, words: error.description)
        }
    }

    /// A document of which another entity has to be named; a file that cannot stand in the form has to be chosen with it.
    private static func rejected(_ rejection: MetadataRejection, of typed: TypedMetadata) -> Rejected {
        let isLost = typed.field == "idp_metadata_file" && typed.fileText == nil
        let again = " Paste it into this field as it stands there." + (isLost ? " Choose the file again with it." : "")
        return Rejected(field: "entity_id", words: rejection.description + again, asksForEntity: true)
    }

    private func fetch(_ url: String) async throws -> [UInt8] {
        do {
            return try await self.service.fetcher.fetch(FetchURL(url))
        } catch let failure as FetchFailure {
            let words = failure.wordsForWorkspace + " You can paste the metadata instead."
            throw Rejected(field: "idp_metadata_url", words: words)
        }
    }

    /// The form with the values of the metadata in it beside what was typed, and how it differs from what is saved.
    private func page(
        _ edited: EditedSettings,
        of document: MetadataDocument,
        from typed: TypedMetadata,
        over values: SingleSignOnValues,
        version: String
    ) throws -> Response {
        let visit = edited.visit
        let current = visit.configured.identityProvider
        var change = SAMLConfigurationChange()
        let origin: MetadataOrigin = typed.url.isEmpty ? .file : .url(typed.url)
        try change.take(document.metadata, certificates: document.certificates, from: origin, over: current)
        let administration = WorkspaceAdministration(
            configured: visit.configured,
            actor: visit.visitor.actor,
            now: self.service.now()
        )
        let outcome = try administration.configureSAML(change, loopbackHTTP: self.service.loopbackHTTP)
        let filled = values.taking(document.metadata, by: outcome.configured, over: current?.certificates ?? [])
        // What was typed beside may be wrong still, which saving says.
        let saved = try? filled.decide(
            administration,
            catalogue: self.service.catalogue,
            loopbackHTTP: self.service.loopbackHTTP
        )
        let page = SingleSignOnPage(
            edited,
            service: self.service,
            values: filled,
            version: version,
            notice: .preview,
            differences: (saved ?? outcome).differences
        )
        return self.service.renderer.response(page, with: .singleSignOn)
    }
}
