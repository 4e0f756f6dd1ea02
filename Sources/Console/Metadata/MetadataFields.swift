import Workspaces

/// The fields of the form that reads metadata.
struct MetadataFields {
    let url: FormField
    let file: FormField
    let text: FormField
    let entity: FormField?
    let isOpen: Bool
    /// Whether all that was typed stands in the fields.
    var isComplete = true

    /// Every field, in its order.
    var all: [FormField] { [self.url, self.file, self.text] + (self.entity.map { [$0] } ?? []) }

    /// Makes the fields; empty ones where nothing was typed.
    init(url: String = "", text: String = "", entityID: String? = nil, problems: FormProblems = FormProblems()) {
        self.url = FormField(
            "idp_metadata_url",
            "Metadata URL",
            value: url,
            help: "Fetched now, and again from time to time, so that a new certificate is noticed.",
            problems: problems
        )
        self.file = FormField(
            "idp_metadata_file",
            "Metadata file",
            control: .file(accept: ".xml,text/xml,application/xml"),
            help: "Of your provider alone, at most 1 MiB.",
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
        self.isOpen = !problems.isEmpty || !text.isEmpty
    }

    /// The fields as somebody typed them.
    ///
    /// - Parameters:
    ///   - typed: What was typed.
    ///   - asksForEntity: Whether a document is good but for the entity that is meant. Otherwise the right one has to be
    ///     chosen, in whose way the content of a wrong file would stand.
    ///   - problems: What is wrong.
    init(_ typed: TypedMetadata, asksForEntity: Bool = false, problems: FormProblems = FormProblems()) {
        self.init(
            url: typed.url,
            text: (asksForEntity ? typed.fileText : nil) ?? typed.shownText,
            entityID: typed.entityID ?? (asksForEntity ? "" : nil),
            problems: problems
        )
        self.isComplete = !typed.isTooLongToShow
    }
}
