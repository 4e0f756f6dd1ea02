import Testing

@testable import Portico

@Suite("portico setup-link")
struct SetupLinkCommandTests {
    @Test func showsTheLinkOnceAndKeepsItsHash() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A")
        let made = try await bench.run("setup-link", "company-a", "--expires", "1h")
        #expect(made.status == 0, "\(made.errors)")
        let link = try #require(made.output.split(separator: "\n").first)
        let begin = "https://apps.example.com/.portico/setup/"
        #expect(link.hasPrefix(begin))
        #expect(link.dropFirst(begin.count).utf8.count == 43)
        let audit = try await bench.run("audit", "company-a")
        #expect(audit.output.contains("setup_link_created"))
        #expect(!audit.output.contains(link.suffix(43)))
        #expect(try await bench.json("setup-link", "company-a")["company_id"] == .text("company-a"))
    }

    @Test(arguments: [
        (["setup-link", "company-z"], Int32(1), "there is no workspace company-z"),
        (["setup-link", "company-a", "--expires", "1m"], 1, "5 minutes to 7 days"),
        (["setup-link", "company-a", "--expires", "soon"], 2, "--expires"),
    ])
    func saysWhatIsWrong(_ arguments: [String], _ status: Int32, _ words: String) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A")
        let run = try await bench.run(arguments)
        #expect(run.status == status)
        #expect(run.errors.contains(words))
    }

    @Test func makesNoneForAWorkspaceThatIsDisabled() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A")
        _ = try await bench.run("workspace", "disable", "company-a")
        let run = try await bench.run("setup-link", "company-a")
        #expect(run.status == 1)
        #expect(run.errors.contains("portico workspace enable company-a"))
    }
}
