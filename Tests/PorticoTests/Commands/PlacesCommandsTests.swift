import PostgreSQL
import Testing

/// The keys `spaces` and `projects` of `portico workspace apply` (rulings 18, behavior A1, G4 to G6).
@Suite("Spaces and projects by the command line")
struct PlacesCommandsTests {
    private static let file = """
        workspaces:
          - company_id: company-a
            owner: ann@company-a.example
            domains: [company-a.example]
            spaces:
              - { space: north, title: The north, members: [ann@company-a.example] }
              - { space: south }
            projects:
              - { project: 42, title: X-rays, members: { ann@company-a.example: REVIEWER } }
        """

    @Test("A file makes them and puts members in; again it changes nothing; what it leaves out stays")
    func convergence() async throws {
        let bench = try await CommandBench()
        let path = try bench.file("w.yaml", Self.file)
        let preview = try await bench.json("workspace", "apply", "-f", path, "--dry-run")[0]["differences"]
        #expect(try await bench.json("workspace", "list").count == 0)
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["differences"] == preview)
        let shown = try await bench.json("workspace", "show", "company-a")
        #expect(shown["spaces"][0]["space"] == .text("north") && shown["spaces"][0]["title"] == .text("The north"))
        #expect(shown["spaces"][0]["members"] == .array([.text("ann@company-a.example")]))
        #expect(shown["spaces"][1]["members"] == .array([]))
        #expect(shown["projects"][0]["members"]["ann@company-a.example"] == .text("REVIEWER"))
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["action"] == .text("unchanged"))

        let text = "workspaces: [{company_id: company-a, spaces: [{space: north, title: '', members: []}]}]"
        let differences =
            try await bench.json("workspace", "apply", "-f", try bench.file("c.yaml", text))[0]["differences"]
        #expect(differences.count == 2)
        #expect(differences[0]["field"] == .text("spaces.north.title") && differences[0]["new"] == .null)
        #expect(differences[1]["field"] == .text("spaces.north.members"))
        let after = try await bench.json("workspace", "show", "company-a")
        #expect(after["spaces"].count == 2 && after["spaces"][0]["members"].count == 0)
        #expect(after["projects"][0]["title"] == .text("X-rays"))
        let log = try await bench.run("audit", "company-a").output
        for action in ["space_changed", "project_changed", "member_assigned", "member_unassigned"] {
            #expect(log.contains(action), "\(log)")
        }
        #expect(try await bench.run("workspace", "show", "company-a").output.contains("“X-rays”, 1 member by hand"))
    }

    @Test(
        "What cannot be is refused before anything is written, at its entry",
        arguments: [
            ("spaces: [{space: a b}]", "spaces[0].space: “a b” is not an identifier"),
            (
                "spaces: [{space: a, members: [eve@company-a.example]}]",
                "the space a: eve@company-a.example is no member"
            ),
            ("projects: [{project: 1, members: {ann@a.example: ADMIN}}]", "“ADMIN” is not a role in a project"),
            ("projects: [{project: 1}, {project: 1}]", "projects[1].project: 1 has an entry already"),
        ]
    )
    func refused(_ entry: String, _ words: String) async throws {
        let bench = try await CommandBench()
        let path = try bench.file("w.yaml", "workspaces: [{company_id: company-a, \(entry)}]")
        let run = try await bench.run("workspace", "apply", "-f", path)
        #expect(run.status == 1)
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(try await bench.json("workspace", "list").count == 0)
    }

    @Test(
        "G4 what one part of a file would do to another is refused before anything is written",
        arguments: [
            (
                "mappings: {spaces: [{group: g, space: a, title: One}]}, spaces: [{space: b, title: ' One '}]",
                "The space a is called “One” already"
            ),
            (
                "mappings: {spaces: [{group: g, space: a, title: One}]}, spaces: [{space: a, title: Two}]",
                "the space a is called “One” in mappings.spaces"
            ),
            ("spaces: [{space: a}, {space: b}]", "the space b: There are 2000 already"),
        ]
    )
    func refusedTogether(_ entry: String, _ words: String) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Before")
        try await bench.change(
            """
            INSERT INTO spaces (workspace_id, space_id)
            SELECT workspace_id, 'number-' || generate_series(1, 1999) FROM workspaces
            """
        )
        let path = try bench.file("w.yaml", "workspaces: [{company_id: company-a, name: After, \(entry)}]")
        for arguments in [["--dry-run"], []] {
            let run = try await bench.run(["workspace", "apply", "-f", path] + arguments)
            #expect(run.status == 1 && run.errors.contains(words), "\(run.errors)")
        }
        #expect(try await bench.json("workspace", "list")[0]["name"] == .text("Before"))
        #expect(try await bench.number("SELECT count(*) AS number FROM spaces") == 1_999)
        #expect(try await bench.number("SELECT count(*) AS number FROM audit_events") == 1)
    }

    @Test("rulings 18 a title with white space around it is the same the second time")
    func whiteSpace() async throws {
        let bench = try await CommandBench()
        let text = """
            workspaces:
              - company_id: company-a
                mappings: { spaces: [{ group: g, space: a, title: " One " }] }
                spaces: [{ space: a, title: "One  " }, { space: b, title: "  Two " }]
                projects: [{ project: 1, title: " Three" }]
            """
        let path = try bench.file("w.yaml", text)
        _ = try await bench.json("workspace", "apply", "-f", path)
        let shown = try await bench.json("workspace", "show", "company-a")
        #expect(shown["spaces"][0]["title"] == .text("One") && shown["spaces"][1]["title"] == .text("Two"))
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["action"] == .text("unchanged"))
    }

    @Test(
        "A1 MANUAL_WORKSPACE_MANAGEMENT and MANUAL_PROJECT_MEMBER_MANAGEMENT, from the environment to the refusal",
        arguments: [
            ("PORTICO_MANUAL_WORKSPACE_MANAGEMENT", "spaces: [{space: west}]", "Spaces are managed"),
            (
                "PORTICO_MANUAL_WORKSPACE_MANAGEMENT", "spaces: [{space: north, members: []}]", "Spaces are managed"
            ),
            (
                "PORTICO_MANUAL_PROJECT_MEMBER_MANAGEMENT",
                "projects: [{project: 42, members: {ann@company-a.example: LABELER}}]",
                "Members of projects are managed"
            ),
        ]
    )
    func managed(_ variable: String, _ entry: String, _ words: String) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "apply", "-f", try bench.file("w.yaml", Self.file))
        let path = try bench.file("c.yaml", "workspaces: [{company_id: company-a, \(entry)}]")
        let refused = try await bench.changed(variable, to: "0").run("workspace", "apply", "-f", path)
        #expect(refused.status == 1 && refused.errors.contains(words), "\(refused.errors)")
        #expect(try await bench.changed(variable, to: "1").run("workspace", "apply", "-f", path).status == 0)
    }
}
