import Workspaces

/// The fields of the form that reads metadata.
struct MetadataFields {
    let url: FormField
    let text: FormField
    let entity: FormField?
    let isOpen: Bool

    /// Every field, in its order.
    var all: [FormField] { [self.url, self.text] + (self.entity.map { [$0] } ?? []) }

    /// Makes the fields; empty ones where nothing was typed.
    init(url: String = "", text: String = "", entityID: String? = nil, problems: FormProblems = FormProblems()) {
        self.url = FormField(
            "idp_metadata_url",
            "Metadata URL",
            value: url,
            help: "Fetched now, and again from time to time, so that a new certificate is noticed.",
            problems: problems
        )
        self.text = FormField(
            "idp_metadata",
            "Or the metadata itself",
            value: text,
            control: .area(rows: 4),
            help: "Paste the XML that begins with EntityDescriptor.",
            problems: problems
        )
        self.entity = entityID.map { entityID in
            FormField(
                "entity_id",
                "Entity ID",
                value: entityID,
                help: "Which provider of the list is meant.",
                problems: problems
            )
        }
        self.isOpen = !problems.isEmpty
    }
}
