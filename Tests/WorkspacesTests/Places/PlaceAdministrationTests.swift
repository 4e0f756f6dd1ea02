import FoundationEssentials
import Testing
import Workspaces

@Suite("Spaces and projects by hand")
struct PlaceAdministrationTests {
    private static let workspaceID = WorkspaceID.random()

    private func administration(
        _ kind: Place.Kind = .space,
        current: PlaceAdministration.Current? = nil,
        count: Int = 0,
        namesake: SpaceID? = nil,
        management: MembershipManagement = MembershipManagement()
    ) throws -> PlaceAdministration {
        PlaceAdministration(
            workspaceID: Self.workspaceID,
            place: try #require(Place(kind, "north")),
            current: current,
            count: count,
            namesake: namesake,
            management: management,
            actor: .operator,
            now: SampleSignIn.now
        )
    }

    private func fields(_ decide: () throws -> PlaceOutcome) -> [String] {
        do {
            _ = try decide()
            return []
        } catch {
            return (error as? ConfigurationMistakes)?.mistakes.map(\.field) ?? ["\(error)"]
        }
    }

    @Test("G6 an identifier is 1 to 128 signs of visible ASCII")
    func identifiers() {
        for text in ["42", "a/b?c", String(repeating: "a", count: 128)] { #expect(Place(.project, text)?.id == text) }
        for text in ["", "a b", "é", "a\n", String(repeating: "a", count: 129)] { #expect(Place(.space, text) == nil) }
    }

    @Test(
        "What a place still has is said without what there is none of",
        arguments: [
            (1, 0, "It still has one member; take the member out of the space north first."),
            (2, 0, "It still has 2 members; take the members out of the space north first."),
            (0, 1, "It still has one group that opens it; remove the mapping of the group first."),
            (
                3, 2,
                "It still has 3 members and 2 groups that open it; take the members out of the space north and remove the"
                    + " mappings of the groups first."
            ),
        ]
    )
    func inUse(_ members: Int, _ groups: Int, _ words: String) throws {
        let place = try #require(Place(.space, "north"))
        #expect(AdministrationRefusal.placeInUse(place, members: members, groups: groups).description == words)
    }

    @Test("G4, G6 what is made twice, named as another, or too much is refused at its field")
    func mistakes() throws {
        let there = PlaceAdministration.Current(title: "Old", members: 0, groups: 0)
        #expect(self.fields { try self.administration().create(title: "The north") } == [])
        #expect(self.fields { try self.administration(current: there).create(title: "") } == ["id"])
        #expect(self.fields { try self.administration(count: 1_999).create(title: "") } == [])
        #expect(self.fields { try self.administration(count: 2_000).create(title: "") } == ["id"])
        #expect(self.fields { try self.administration(namesake: SpaceID("south")).create(title: "S") } == ["title"])
        #expect(self.fields { try self.administration().create(title: "a\u{7}b") } == ["title"])
        let long = String(repeating: "a", count: 201)
        #expect(self.fields { try self.administration(current: there).retitle(long) } == ["title"])
        #expect(
            self.fields { try self.administration(current: there, namesake: SpaceID("south")).retitle("S") } == [
                "title"
            ]
        )
    }

    @Test("what somebody else named meanwhile is told, and naming it as it is changes nothing")
    func titles() throws {
        let there = PlaceAdministration.Current(title: "Old", members: 0, groups: 0)
        let administration = try self.administration(current: there)
        let meanwhile = #expect(throws: PlaceTitledMeanwhile.self) { try administration.retitle("New", shown: "Older") }
        #expect(meanwhile?.title == "Old")
        #expect(try administration.retitle(" Old ", shown: "Old").events.isEmpty)
        let outcome = try administration.retitle("New", shown: "Old")
        #expect(outcome.write == .retitle("New"))
        let detail = ["space": "north", "change": "titled", "old_title": "Old", "title": "New"]
        #expect(outcome.events.map(\.detail) == [detail])
        #expect(try administration.retitle("", shown: "Old").write == .retitle(nil))
        #expect(throws: AdministrationRefusal.self) { try self.administration().retitle("New") }
    }

    @Test("A1 where the identity provider manages spaces nobody adds one by hand; projects are added all the same")
    func managed() throws {
        let management = MembershipManagement(spaces: .identityProvider, projectMembers: .identityProvider)
        let refusal = AdministrationRefusal.placesManagedElsewhere(.space)
        #expect(refusal.code == .managedByIdP)
        #expect(throws: refusal) { try self.administration(management: management).create(title: "") }
        #expect(throws: Never.self) { try self.administration(.project, management: management).create(title: "") }
    }

    @Test(
        "who is in it, or comes in by a group, is taken out before it is removed",
        arguments: [(1, 0), (0, 1), (0, 0)]
    )
    func removal(_ members: Int, _ groups: Int) throws {
        let administration = try self.administration(current: .init(title: nil, members: members, groups: groups))
        guard members + groups == 0 else {
            #expect(throws: AdministrationRefusal.placeInUse(administration.place, members: members, groups: groups)) {
                try administration.remove()
            }
            return
        }
        #expect(try administration.remove().write == .delete)
    }
}
