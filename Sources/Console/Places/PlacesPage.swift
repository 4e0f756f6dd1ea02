import GatewayHTTP
import Storage
import Workspaces

/// What the lists of spaces and projects show: the names that the template uses.
struct PlacesPage {
    /// What was typed to make one.
    struct Typed {
        let kind: Place.Kind
        let id: String
        let title: String
    }

    /// A space or a project.
    struct Entry {
        let pagePath: String
        let name: String
        let id: String
        let counts: String
    }

    /// The spaces, or the projects.
    struct List {
        let kind: String
        let heading: String
        let words: String
        let entries: [Entry]
        let isEmpty: Bool
        let nextPath: String?
        let isManagedElsewhere: Bool
        let newID: FormField
        let newTitle: FormField
        let button: String

        init(
            _ kind: Place.Kind,
            _ page: PlacePage,
            service: Console,
            typed: Typed?,
            problems: FormProblems
        ) {
            let paths = PlacePath(service.pages.site)
            let mine = typed.flatMap { $0.kind == kind ? $0 : nil }
            let problems = mine == nil ? FormProblems() : problems
            self.kind = kind.rawValue
            self.heading = PlaceWords.heading(kind)
            self.words =
                switch kind {
                case .space: "Collections of projects. Applications get the identifiers of a person’s spaces."
                case .project:
                    "Applications get the identifiers of a person’s projects, and what the person is in each."
                }
            self.entries = page.entries.map { entry in
                Entry(
                    pagePath: paths.page(entry.place),
                    name: entry.current.title.map(PrintableText.escaped) ?? entry.place.id,
                    id: entry.place.id,
                    counts: PlaceWords.counts(entry.current)
                )
            }
            self.isEmpty = page.entries.isEmpty
            self.nextPath = page.next.map { QueryText.link(paths.list, [(name: kind.rawValue + "s_after", value: $0)]) }
            self.isManagedElsewhere = kind == .space && service.management.spaces == .identityProvider
            self.newID = Self.field(
                "id",
                "Identifier of the \(kind.rawValue)",
                kind,
                value: mine?.id ?? "",
                help: "As the application knows it: letters, digits and signs, without spaces.",
                problems: problems
            )
            self.newTitle = Self.field(
                "title",
                "Title of the \(kind.rawValue)",
                kind,
                value: mine?.title ?? "",
                help: "For human eyes; it may be left out.",
                problems: problems
            )
            self.button = "Add the \(kind.rawValue)"
        }

        private static func field(
            _ name: String,
            _ label: String,
            _ kind: Place.Kind,
            value: String,
            help: String,
            problems: FormProblems
        ) -> FormField {
            FormField(name, label, value: value, help: help, problems: problems, id: "\(kind.rawValue)-\(name)")
        }
    }

    let frame: ConsoleFrame
    let path: String
    let mappingsPath: String
    let lists: [List]
    let wasRemoved: Bool
    let hasProblems: Bool

    init(
        _ visit: SettingsVisit,
        service: Console,
        lists: [List],
        wasRemoved: Bool,
        problems: FormProblems
    ) {
        self.frame = ConsoleFrame(visit, page: .places, renderer: service.renderer)
        self.path = PlacePath(service.pages.site).list
        self.mappingsPath = ConsolePath.mappings.path(at: service.pages.site)
        self.lists = lists
        self.wasRemoved = wasRemoved
        self.hasProblems = !problems.isEmpty
    }
}
