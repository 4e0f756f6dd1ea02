import GatewayHTTP
import Hummingbird
import Storage
import Workspaces

/// The names of a preset in the form, before anything is saved: without a script, a button asks for them.
extension SingleSignOnEndpoint {
    /// Shows the form again as it was typed, with the names of the preset that was chosen.
    func fillInNames(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let edited = try await self.service.edited(visit)
        let pinned = edited.visit.configured.identityProvider?.certificates ?? []
        let values = try SingleSignOnValues(form, pinned: pinned).withoutPrivateKey
        let version = try form.value("version")
        // Whoever chose names of their own has them in the form already.
        let chosen = AttributePreset(rawValue: try form.value("attribute_preset"))
        let metadata = MetadataFields(try TypedMetadata(form))
        return self.filledIn(edited, values, with: chosen, version: version, metadata: metadata)
    }

    /// The form with the names of a preset in it, which nobody has saved yet.
    func filledIn(
        _ edited: EditedSettings,
        _ values: SingleSignOnValues,
        with preset: AttributePreset?,
        version: String? = nil,
        metadata: MetadataFields = MetadataFields()
    ) -> Response {
        let page = SingleSignOnPage(
            edited,
            service: self.service,
            values: preset.map { values.taking($0) } ?? values,
            version: version,
            notice: preset.map { .preset($0) },
            metadata: metadata
        )
        return self.service.renderer.response(page, with: .singleSignOn)
    }
}
