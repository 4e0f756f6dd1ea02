import GatewayHTTP
import Workspaces

/// What the page of a guide shows: the names that the template uses.
struct GuidePage {
    /// A field to copy from.
    struct Field {
        let id: String
        let field: String
        let value: String
    }

    /// A table, row by row.
    struct Table {
        struct Row {
            let cells: [String]
        }

        let caption: String
        let columns: [String]
        let rows: [Row]
    }

    /// A text to copy.
    struct Text {
        let id: String
        let label: String
        let text: String
        let lineCount: Int
    }

    /// A step with its number.
    struct Step {
        let number: Int
        let stepTitle: String
        let words: [String]
        let placed: [Field]
        let tables: [Table]
        let texts: [Text]
    }

    /// Something that the provider shows, and where.
    struct Place {
        let wanted: String
        let place: String
    }

    /// The names that the provider sends by itself.
    struct Preset {
        let presetTitle: String
        let presetPath: String
    }

    let frame: ConsoleFrame
    let provider: String
    let links: [GuideLink]
    let companyID: String
    let roleValues: [String]
    let usesRoles: Bool
    let steps: [Step]
    let bringNumber: Int
    let testNumber: Int
    let places: [Place]
    let traps: [String]
    let preset: Preset?
    let requiresEncryption: Bool
    let metadataURL: String
    let singleSignOnPath: String
    let testPath: String
    let isConfigured: Bool

    init(_ edited: EditedSettings, provider: GuideProvider, values: GuideValues, renderer: ConsoleRenderer) {
        let guide = provider.guide(values)
        let site = renderer.site
        self.frame = ConsoleFrame(edited.visit, page: .singleSignOn, renderer: renderer)
        self.provider = provider.title
        self.links = GuideLink.all(site: site, current: provider)
        self.companyID = values.companyID
        self.roleValues = values.roleValues
        self.usesRoles = values.usesRoles
        self.steps = guide.steps.enumerated().map { Self.step($0.offset + 1, $0.element) }
        self.bringNumber = guide.steps.count + 1
        self.testNumber = guide.steps.count + 2
        self.places =
            (guide.origin.metadata.map { [Place(wanted: "Metadata URL, or the file", place: $0)] } ?? []) + [
                Place(wanted: "Identity provider sign-in URL", place: guide.origin.signInURL),
                Place(wanted: "Identity provider issuer", place: guide.origin.issuer),
                Place(wanted: "Public certificate", place: guide.origin.certificate),
            ]
        self.traps = guide.traps
        self.preset = guide.preset.flatMap { preset in
            guard preset.names != values.names else { return nil }
            return Preset(
                presetTitle: preset.title,
                presetPath: ConsolePath.singleSignOn.path(at: site) + "?preset=\(preset.rawValue)#people"
            )
        }
        self.requiresEncryption = values.requiresEncryption
        self.metadataURL = values.metadataURL
        self.singleSignOnPath = ConsolePath.singleSignOn.path(at: site)
        self.testPath = site.testResultPath
        self.isConfigured = edited.visit.configured.identityProvider != nil
    }

    private static func step(_ number: Int, _ step: ProviderGuide.Step) -> Step {
        Step(
            number: number,
            stepTitle: step.title,
            words: step.words,
            placed: step.placed.enumerated()
                .map { Field(id: "value-\(number)-\($0.offset)", field: $0.element.field, value: $0.element.value) },
            tables: [step.table].compactMap { $0 }
                .map { table in
                    Table(
                        caption: table.caption,
                        columns: table.columns,
                        rows: table.rows.map { Table.Row(cells: $0) }
                    )
                },
            texts: step.snippets.enumerated()
                .map { offset, snippet in
                    Text(
                        id: "text-\(number)-\(offset)",
                        label: snippet.label,
                        text: snippet.text,
                        lineCount: snippet.lineCount
                    )
                }
        )
    }
}
