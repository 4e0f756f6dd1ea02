import Testing
import Workspaces

@Suite("Spaces and projects of a file")
struct PlacesChangeTests {
    private func entry(
        _ kind: Place.Kind,
        _ id: String,
        title: String? = nil,
        members: [String: String]? = nil
    ) -> PlacesChange.Entry {
        PlacesChange.Entry(kind: kind, id: id, title: title, members: members)
    }

    @Test("rulings 18 what is not named stays, and what is said already is no step")
    func steps() throws {
        let north = try #require(Place(.space, "north"))
        let project = try #require(Place(.project, "42"))
        let (ann, bob) = (try #require(Email("ann@a.example")), try #require(Email("bob@a.example")))
        let current: [Place: PlacesChange.Current] = [
            north: .init(title: "The north", members: [ann: .inherit]),
            project: .init(title: nil, members: [ann: .reviewer]),
        ]
        let same = PlacesChange(entries: [
            self.entry(.space, "north"), self.entry(.space, "north2", title: "Second"),
            self.entry(.project, "42", members: ["ANN@a.example": "REVIEWER"]),
        ])
        #expect(try same.steps(from: current) == [.create(try #require(Place(.space, "north2")), title: "Second")])
        let other = PlacesChange(entries: [
            self.entry(.space, "north", title: "", members: ["bob@a.example": "Inherit"]),
            self.entry(.project, "42", title: "X-rays", members: ["ann@a.example": "LABELER"]),
        ])
        #expect(
            try other.steps(from: current) == [
                .retitle(north, from: "The north", to: ""), .withdraw(ann, north),
                .assign(bob, north, from: nil, to: .inherit), .retitle(project, from: "", to: "X-rays"),
                .assign(ann, project, from: .reviewer, to: .labeler),
            ]
        )
    }

    @Test("rulings 18 white space around a title is no difference")
    func titlesWithWhiteSpace() throws {
        let (north, project) = (try #require(Place(.space, "north")), try #require(Place(.project, "p")))
        let change = PlacesChange(entries: [
            self.entry(.space, "north", title: "  One "), self.entry(.project, "p", title: " "),
        ])
        #expect(
            try change.steps(from: [:]) == [.create(north, title: "One"), .create(project, title: "")]
        )
        let current: [Place: PlacesChange.Current] = [
            north: .init(title: "One", members: [:]), project: .init(title: nil, members: [:]),
        ]
        #expect(try change.steps(from: current).isEmpty)
    }

    @Test("G4 two spaces exchange their titles, and at no time both have one")
    func exchangedTitles() throws {
        let (north, south) = (try #require(Place(.space, "north")), try #require(Place(.space, "south")))
        let current: [Place: PlacesChange.Current] = [
            north: .init(title: "A", members: [:]), south: .init(title: "B", members: [:]),
        ]
        let change = PlacesChange(entries: [
            self.entry(.space, "north", title: "B"), self.entry(.space, "south", title: " A "),
        ])
        #expect(
            try change.steps(from: current) == [
                .retitle(north, from: "A", to: ""), .retitle(south, from: "B", to: ""),
                .retitle(north, from: "", to: "B"), .retitle(south, from: "", to: "A"),
            ]
        )
        let handedOn = PlacesChange(entries: [
            self.entry(.space, "south", title: ""), self.entry(.space, "new", title: "B"),
        ])
        #expect(
            try handedOn.steps(from: current) == [
                .retitle(south, from: "B", to: ""), .create(try #require(Place(.space, "new")), title: "B"),
            ]
        )
    }

    @Test("G4 a title that another space has in the end is a mistake before anything is done")
    func titlesOfOthers() throws {
        let (north, project) = (try #require(Place(.space, "north")), try #require(Place(.project, "p")))
        let current: [Place: PlacesChange.Current] = [
            north: .init(title: "A", members: [:]), project: .init(title: "P", members: [:]),
        ]
        let change = PlacesChange(entries: [
            self.entry(.space, "south", title: "A"), self.entry(.space, "west", title: "P"),
            self.entry(.project, "q", title: "P"), self.entry(.space, "a", title: "Twice"),
            self.entry(.space, "b", title: "Twice"),
        ])
        let error = #expect(throws: ConfigurationMistakes.self) { try change.steps(from: current) }
        #expect(error?.mistakes.map(\.field) == ["spaces[0].title", "spaces[2].title", "spaces[3].title"])
        #expect(error?.mistakes.first?.message.contains("The space north is called “A” already") == true)
    }

    @Test("every mistake is told at its entry")
    func mistakes() {
        let change = PlacesChange(entries: [
            self.entry(.space, "a b"), self.entry(.space, "c", title: "a\nb"), self.entry(.space, "c"),
            self.entry(.project, "p", members: ["nobody": "LABELER", "ann@a.example": "ADMIN"]),
        ])
        let error = #expect(throws: ConfigurationMistakes.self) { try change.steps(from: [:]) }
        #expect(
            error?.mistakes.map(\.field) == [
                "spaces[0].space", "spaces[1].title", "spaces[2].space", "projects[0].members", "projects[0].members",
            ]
        )
    }
}
