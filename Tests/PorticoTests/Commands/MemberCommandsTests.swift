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
        if case .text(let url) = invited["invitation_url"] {
            #expect(url.hasPrefix("https://apps.example.com/.portico/invitation/"))
        } else {
            Issue.record("there is no link")
        }
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

    @Test("Inviting shows a link, and again another one")
    func invitationLink() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        var links: Set<Substring> = []
        for _ in 0..<2 {
            let run = try await bench.run("member", "invite", "company-a", "bob@a.example", "--role", "LABELER")
            let link = try #require(run.output.split(separator: "\n").dropFirst().first, "\(run.errors)")
            #expect(link.hasPrefix("https://apps.example.com/.portico/invitation/"))
            links.insert(link)
        }
        #expect(links.count == 2)
        let audit = try await bench.run("audit", "company-a")
        #expect(audit.output.contains("invitation_link_created"))
        #expect(!links.contains { audit.output.contains($0.suffix(43)) })
        let long = ["member", "invite", "company-a", "bob@a.example", "--role", "LABELER", "--expires", "60d"]
        let refused = try await bench.run(long)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("30 days"))
    }

    @Test("A1 where the identity provider alone manages roles an invitation names none")
    func managedRoles() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        let invite = ["member", "invite", "company-a", "bob@a.example"]
        let missing = try await bench.run(invite)
        #expect(missing.status == 1 && missing.errors.contains("give --role"), "\(missing.errors)")
        let managed = bench.changed("PORTICO_MANUAL_ROLE_MANAGEMENT", to: "0")
        let refused = try await managed.run(invite + ["--role", "REVIEWER"])
        #expect(refused.status == 1 && refused.errors.contains("Roles are managed"), "\(refused.errors)")
        let invited = try await managed.run(invite)
        #expect(invited.status == 0 && invited.output.contains("is invited"), "\(invited.errors)")
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

    @Test(
        "What the rules refuse stands in the audit log",
        arguments: [
            (["set-role", "company-a", "ann@a.example", "LABELER"], "role_changed", "last_admin"),
            (["deactivate", "company-a", "ann@a.example"], "member_deactivated", "last_admin"),
            (["remove", "company-a", "ann@a.example"], "member_removed", "last_admin"),
            (["transfer-ownership", "company-a", "bob@a.example"], "ownership_transferred", "role_not_allowed"),
            (["invite", "company-a", "eve@b.example", "--role", "LABELER"], "member_invited", "email_domain_refused"),
        ]
    )
    func auditedRefusals(_ arguments: [String], _ action: String, _ code: String) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        _ = try await bench.json("member", "invite", "company-a", "bob@a.example", "--role", "REVIEWER")
        #expect(try await bench.run(["member"] + arguments).status == 1)
        let audit = try await bench.run("audit", "company-a")
        let line = try #require(audit.output.split(separator: "\n").last { $0.contains(code) }, "\(audit.output)")
        #expect(line.contains(action) && line.contains("operator"))
    }
}
