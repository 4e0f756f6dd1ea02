import Testing

/// `portico member` and `session`, as a script calls them.
@Suite("Commands for members")
struct MemberCommandsTests {
    @Test("Somebody is invited, gets another role, is locked out, let in and removed")
    func life() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        let invited = try await bench.json("member", "invite", "company-a", "Bob@A.example", "--role", "REVIEWER")
        #expect(invited["email"] == .text("bob@a.example"))
        #expect(invited["state"] == .text("INVITED"))
        let role = try await bench.json("member", "set-role", "company-a", "bob@a.example", "SUPERVISOR")
        #expect(role["role"] == .text("SUPERVISOR"))
        let locked = try await bench.json("member", "deactivate", "company-a", "bob@a.example")
        #expect(locked["deactivated_by"] == .text("admin"))
        #expect(try await bench.json("member", "reactivate", "company-a", "bob@a.example")["state"] == .text("INVITED"))
        #expect(try await bench.json("member", "list", "company-a").count == 2)
        _ = try await bench.json("member", "remove", "company-a", "bob@a.example")
        #expect(try await bench.json("member", "list", "company-a").count == 1)
        #expect(try await bench.json("session", "list", "company-a").count == 0)
        #expect(try await bench.json("session", "revoke", "company-a")["revoked"] == .number(0))
    }

    @Test(
        "What the rules refuse is refused in one line",
        arguments: [
            (["invite", "company-a", "eve@elsewhere.example", "--role", "LABELER"], "not a domain of this workspace"),
            (["invite", "company-a", "eve", "--role", "LABELER"], "not an e-mail address"),
            (["invite", "company-a", "bob@a.example", "--role", "KING"], "not a role"),
            (["set-role", "company-a", "ann@a.example", "LABELER"], "owner"),
            (["remove", "company-a", "ann@a.example"], "owner"),
            (["deactivate", "company-a", "nobody@a.example"], "not a member"),
        ]
    )
    func refusals(_ arguments: [String], _ reason: String) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        let run = try await bench.run(["member"] + arguments)
        #expect(run.status == 1)
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }
}
