import Testing

@testable import Portico

/// `portico domain`, with a real name server.
@Suite("Claiming a domain by DNS, by the command line")
struct DomainCommandsTests {
    /// A bench with one workspace.
    private func bench() async throws -> CommandBench {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        return bench
    }

    private func text(_ value: JSONValue) throws -> String {
        guard case .text(let text) = value else {
            Issue.record("\(value)")
            return ""
        }
        return text
    }

    @Test("D1 the record that add prints proves the claim, and remove gives the domain up")
    func claim() async throws {
        let bench = try await self.bench()
        let added = try await bench.json("domain", "add", "company-a", "Company.example")
        #expect(added["state"] == .text("in_progress"))
        #expect(added["record_name"] == .text("_portico-challenge.company.example"))
        let again = try await bench.json("domain", "add", "company-a", "company.example")
        #expect(again["record_text"] == added["record_text"])
        let missing = try await TestNameServer.start(zone: "company.example", records: [:])
        let asking = bench.changed("PORTICO_DNS_RESOLVER", to: missing.address)
        let early = try await asking.run("domain", "verify", "company-a", "company.example")
        await missing.stop()
        #expect(early.status == 1)
        #expect(early.errors.contains("still in progress: _portico-challenge.company.example has no TXT record"))
        let texts = [["v=spf1 -all"], [try self.text(added["record_text"])]]
        let server = try await TestNameServer.start(zone: "company.example", records: ["_portico-challenge": texts])
        let verifying = bench.changed("PORTICO_DNS_RESOLVER", to: server.address)
        let verified = try await verifying.json("domain", "verify", "company-a", "company.example")
        await server.stop()
        #expect(verified["state"] == .text("claimed"))
        #expect(verified["problem"] == .null)
        let listed = try await bench.json("domain", "list", "company-a")
        #expect(listed.count == 1)
        #expect(listed[0]["proof"] == .text("dns"))
        #expect(listed[0]["state"] == .text("claimed"))
        let taken = try await bench.run("domain", "add", "company-a", "company.example")
        #expect(taken.errors.contains("claimed by this workspace already"))
        #expect(try await bench.json("domain", "remove", "company-a", "company.example").count == 0)
        #expect(try await bench.run("domain", "remove", "company-a", "company.example").status == 1)
    }

    @Test("A name server that is silent leaves the claim in progress, and the list says so")
    func silence() async throws {
        let silent = try await SilentNameServer.start()
        let bench = try await self.bench().changed("PORTICO_DNS_RESOLVER", to: silent.address)
        _ = try await bench.json("domain", "add", "company-a", "company.example")
        let run = try await bench.run("domain", "verify", "company-a", "company.example")
        try await silent.stop()
        #expect(run.status == 1)
        #expect(run.errors.contains("still in progress: no name server answers"), "\(run.errors)")
        let listed = try await bench.json("domain", "list", "company-a")[0]
        #expect(listed["state"] == .text("in_progress"))
        #expect(try self.text(listed["problem"]).contains("no name server answers"))
    }

    @Test(
        "D2 what nobody may claim is refused before anything is published",
        arguments: [
            ("co.uk", "public suffix"), ("gmail.com", "public mail provider"),
            ("ann@company.example", "is not a domain"),
        ]
    )
    func refused(_ domain: String, _ words: String) async throws {
        let bench = try await self.bench()
        let run = try await bench.run("domain", "add", "company-a", domain)
        #expect(run.status == 1)
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(try await bench.json("domain", "list", "company-a").count == 0)
    }

    @Test("D1 a running gateway finds the record by itself")
    func service() async throws {
        let bench = try await self.bench()
        let added = try await bench.json("domain", "add", "company-a", "company.example")
        let texts = [[try self.text(added["record_text"])]]
        let server = try await TestNameServer.start(zone: "company.example", records: ["_portico-challenge": texts])
        let changes = ["PORTICO_DNS_RESOLVER": server.address]
        try await GatewayRun.with(database: bench.uri, changes: changes) { _ in
            try await GatewayRun.eventually {
                try await bench.json("domain", "list", "company-a")[0]["state"] == .text("claimed")
            }
        }
        await server.stop()
    }
}
