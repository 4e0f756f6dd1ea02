import FoundationEssentials
import Workspaces

/// What a past sign-in would give with the mappings of the form: the names that the template uses.
struct ShownPreview {
    /// One thing that the person would have.
    struct Fact {
        let label: String
        let words: String
    }

    let heading: String
    let facts: [Fact]

    init(_ preview: GroupPreview, seenAt: Date, email: String) {
        let list = { (texts: [String]) in
            texts.isEmpty ? "none" : texts.map(PrintableText.escaped).joined(separator: ", ")
        }
        let role =
            switch preview.role {
            case .given(let role): "\(role.name), unless the roles attribute names another"
            case .unchanged: "no group gives one: it stays as it is"
            case .lockedOut: "no group gives one, and groups alone give roles here: the person is locked out"
            }
        let projects = preview.assignments.projectAssignments.map { project in
            project.role.map { "\(project.id) as \($0.name)" } ?? project.id
        }
        self.heading = "What \(email) would get"
        self.facts = [
            Fact(label: "Groups with a mapping", words: list(preview.mapped.map(\.value))),
            Fact(label: "Groups without one", words: list(preview.unmapped.map(\.value))),
            Fact(label: "Role", words: role),
            Fact(label: "Spaces", words: list(preview.assignments.spaceNames)),
            Fact(label: "Projects", words: list(projects)),
            Fact(label: "By the sign-in of", words: ReadableDate.time(seenAt)),
        ]
    }
}
