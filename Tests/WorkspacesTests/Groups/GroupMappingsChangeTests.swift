import Testing
import Workspaces

@Suite("What groups give, as somebody asks for it")
struct GroupMappingsChangeTests {
    /// One thing that is wrong, and the entry at which it is told.
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let field: String
        let message: String
        var roles: [GroupMappingsChange.RoleEntry]? = nil
        var spaces: [GroupMappingsChange.SpaceEntry]? = nil
        var projects: [GroupMappingsChange.ProjectEntry]? = nil

        static let all: [Defect] = [
            Defect(
                testDescription: "G1 a group that is mapped to two roles",
                field: "mappings.roles[1].group",
                message: "mapped to ADMIN already",
                roles: [.init(group: "Staff", role: "ADMIN"), .init(group: "Staff", role: "LABELER")]
            ),
            Defect(
                testDescription: "G1 a group that is mapped to one role twice",
                field: "mappings.roles[1].group",
                message: "Leave one of the two entries out",
                roles: [.init(group: "Staff", role: "ADMIN"), .init(group: "Staff", role: "ADMIN")]
            ),
            Defect(
                testDescription: "G3 a role that is not in the catalogue",
                field: "mappings.roles[0].role",
                message: "Give one of ADMIN, SUPERVISOR, REVIEWER, LABELER",
                roles: [.init(group: "Staff", role: "MANAGER")]
            ),
            Defect(
                testDescription: "G3 the owner",
                field: "mappings.roles[0].role",
                message: "“OWNER” is not a role that a group can give",
                roles: [.init(group: "Staff", role: "OWNER")]
            ),
            Defect(
                testDescription: "G3 a state",
                field: "mappings.roles[0].role",
                message: "“NOT_ACTIVATED” is not a role",
                roles: [.init(group: "Staff", role: "NOT_ACTIVATED")]
            ),
            Defect(
                testDescription: "G2 a padded group",
                field: "mappings.roles[0].group",
                message: "exactly as your identity provider sends it",
                roles: [.init(group: " Staff", role: "ADMIN")]
            ),
            Defect(
                testDescription: "G2 an empty group",
                field: "mappings.spaces[0].group",
                message: "It is empty",
                spaces: [.init(group: "", space: "radiology")]
            ),
            Defect(
                testDescription: "G1 a space twice",
                field: "mappings.spaces[1].group",
                message: "mapped to the space radiology already",
                spaces: [.init(group: "Staff", space: "radiology"), .init(group: "Staff", space: "radiology")]
            ),
            Defect(
                testDescription: "G4 two spaces of one title",
                field: "mappings.spaces",
                message: "a and b would both be called “Radiology”",
                spaces: [
                    .init(group: "A", space: "a", title: "Radiology"),
                    .init(group: "B", space: "b", title: "Radiology"),
                ]
            ),
            Defect(
                testDescription: "G4 a space of two titles",
                field: "mappings.spaces[1].title",
                message: "Give it one title",
                spaces: [.init(group: "A", space: "a", title: "One"), .init(group: "B", space: "a", title: "Two")]
            ),
            Defect(
                testDescription: "G6 an identifier with a space",
                field: "mappings.projects[0].project",
                message: "“4 2” is not an identifier",
                projects: [.init(group: "Staff", project: "4 2")]
            ),
            Defect(
                testDescription: "G1 a role that projects do not have",
                field: "mappings.projects[0].role",
                message: "Give LABELER, REVIEWER or Inherit",
                projects: [.init(group: "Staff", project: "42", role: "ADMIN")]
            ),
            Defect(
                testDescription: "G1 a project twice",
                field: "mappings.projects[1].group",
                message: "mapped to the project 42 already",
                projects: [.init(group: "Staff", project: "42"), .init(group: "Staff", project: "42", role: "LABELER")]
            ),
            Defect(
                testDescription: "more entries than there may be",
                field: "mappings.roles",
                message: "There are 2001 entries",
                roles: (0...2_000).map { .init(group: "group-\($0)", role: "LABELER") }
            ),
        ]
    }

    @Test("What is wrong is told at its entry, with what to write instead", arguments: Defect.all)
    func defect(_ defect: Defect) throws {
        let change = GroupMappingsChange(roles: defect.roles, spaces: defect.spaces, projects: defect.projects)
        let mistakes = #expect(throws: ConfigurationMistakes.self) {
            try change.applied(to: GroupMappings(), catalogue: .standard)
        }
        let all = mistakes?.mistakes ?? []
        let mistake = try #require(all.first { $0.field == defect.field }, "\(all)")
        #expect(mistake.message.contains(defect.message), "\(mistake)")
        #expect(all.count == 1)
    }

    @Test("T8 a list that is not given stays; one that is given takes the old one's place")
    func partialChange() throws {
        let first = try GroupMappingsChange(
            roles: [.init(group: "Staff", role: "LABELER"), .init(group: "Leads", role: "ADMIN")],
            spaces: [.init(group: "Staff", space: "radiology", title: "Radiology")],
            projects: [.init(group: "Staff", project: "42", role: "REVIEWER", title: "X-rays")]
        )
        .applied(to: GroupMappings(), catalogue: .standard)
        let second = try GroupMappingsChange(roles: [.init(group: "Staff", role: "LABELER")])
            .applied(to: first, catalogue: .standard)
        #expect(second.roles.count == 1)
        #expect(second.spaces == first.spaces)
        #expect(second.projects == first.projects)
        #expect(second.spaceTitles.count == 1)
        let differences = first.differences(to: second)
        #expect(differences.map(\.field) == ["mappings.roles"])
        #expect(differences.first?.old == "Leads=ADMIN")
        #expect(differences.first?.new == nil)
        #expect(second.differences(to: second).isEmpty)
    }
}
