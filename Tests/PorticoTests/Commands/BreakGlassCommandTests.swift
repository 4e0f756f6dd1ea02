import Testing

@testable import Portico

@Suite("portico member break-glass, portico workspace local-sign-in")
struct BreakGlassCommandTests {
    private func bench() async throws -> CommandBench {
        let bench = try await CommandBench()
        let create = ["workspace", "create", "company-a", "--name", "Company A", "--owner", "ann@company-a.example"]
        _ = try await bench.json(create)
        return bench
    }

    @Test("A5, rulings 26 makes a link for the owner, shown once")
    func link() async throws {
        let bench = try await self.bench()
        let made = try await bench.run("member", "break-glass", "company-a")
        #expect(made.status == 0, "\(made.errors)")
        let link = try #require(made.output.split(separator: "\n").first)
        let begin = "https://apps.example.com/.portico/passphrase/"
        #expect(link.hasPrefix(begin))
        #expect(link.dropFirst(begin.count).utf8.count == 43)
        #expect(made.output.contains("ann@company-a.example"))
        let audit = try await bench.run("audit", "company-a")
        #expect(audit.output.contains("passphrase_link_created"))
        #expect(!audit.output.contains(link.suffix(43)))
        // The link is taken back too; after that there is nothing left.
        for words in ["has no passphrase any more", "had no passphrase"] {
            let removed = try await bench.run("member", "break-glass", "company-a", "--remove")
            #expect(removed.output.contains(words))
        }
    }

    @Test("rulings 27 local_sign_in by command and by file, and who may have a passphrase then")
    func mode() async throws {
        let bench = try await self.bench()
        #expect(try await bench.json("workspace", "show", "company-a")["local_sign_in"] == .text("owner"))
        let untested = try await bench.run("workspace", "local-sign-in", "company-a", "off")
        #expect(untested.status == 1)
        #expect(untested.errors.contains("local_sign_in: Single sign-on is not switched on"), "\(untested.errors)")
        let off = try await bench.json("workspace", "local-sign-in", "company-a", "off", "--operator-override")
        #expect(try await bench.run("audit", "company-a").output.contains("operator_override"))
        let offFile = try bench.file("off.yaml", "workspaces: [{company_id: company-a, local_sign_in: off}]")
        #expect(try await bench.json("workspace", "apply", "-f", offFile)[0]["action"] == .text("unchanged"))
        // A file is the operator's word, for domains as for this.
        let newFile = try bench.file("new.yaml", "workspaces: [{company_id: company-b, local_sign_in: off}]")
        #expect(try await bench.json("workspace", "apply", "-f", newFile)[0]["action"] == .text("create"))
        #expect(
            try await bench.json("workspace", "local-sign-in", "company-b", "members")["local_sign_in"]
                == .text("members")
        )
        #expect(try await bench.json("workspace", "apply", "-f", newFile)[0]["action"] == .text("change"))
        #expect(try await bench.run("audit", "company-b").output.contains("operator_override"))
        #expect(off["local_sign_in"] == .text("off"))
        let refused = try await bench.run("member", "break-glass", "company-a")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("portico workspace local-sign-in company-a owner"), "\(refused.errors)")

        let file = try bench.file("w.yaml", "workspaces: [{company_id: company-a, local_sign_in: members}]")
        let applied = try await bench.json("workspace", "apply", "-f", file)[0]["differences"]
        #expect(applied[0]["field"] == .text("local_sign_in"))
        #expect(try await bench.json("workspace", "apply", "-f", file)[0]["action"] == .text("unchanged"))
        #expect(try await bench.json("member", "break-glass", "company-a")["company_id"] == .text("company-a"))
        let wrong = try bench.file("x.yaml", "workspaces: [{company_id: company-a, local_sign_in: everybody}]")
        let run = try await bench.run("workspace", "apply", "-f", wrong)
        #expect(run.status == 2)
        #expect(run.errors.contains("local_sign_in"))
    }

    @Test("rulings 27 the ownership moves to an active administrator only")
    func transfer() async throws {
        let bench = try await self.bench()
        let bob = "bob@company-a.example"
        _ = try await bench.json("domain", "claim", "company-a", "company-a.example", "--operator-override")
        _ = try await bench.json("member", "invite", "company-a", bob, "--role", "ADMIN")
        let refused = try await bench.run("member", "transfer-ownership", "company-a", bob)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("Only an active administrator"), "\(refused.errors)")
        _ = try await bench.json("member", "deactivate", "company-a", bob)
        let unknown = try await bench.run("member", "transfer-ownership", "company-a", "zoe@company-a.example")
        #expect(unknown.errors.contains("is not a member"), "\(unknown.errors)")
        let already = try await bench.run("member", "transfer-ownership", "company-a", "ann@company-a.example")
        #expect(already.output.contains("nothing changed"), "\(already.errors)")
        #expect(already.errors.isEmpty)
    }

    @Test(arguments: [
        (["member", "break-glass", "company-z"], Int32(1), "there is no workspace company-z"),
        (["member", "break-glass", "company-a", "zoe@company-a.example"], 1, "is not a member"),
        (["member", "break-glass", "company-a", "--expires", "1m"], 1, "5 minutes to 7 days"),
        (["workspace", "local-sign-in", "company-a", "some"], 2, "owner"),
    ])
    func saysWhatIsWrong(_ arguments: [String], _ status: Int32, _ words: String) async throws {
        let run = try await self.bench().run(arguments)
        #expect(run.status == status)
        #expect(run.errors.contains(words), "\(run.errors)")
    }
}
