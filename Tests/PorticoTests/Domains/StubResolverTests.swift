import DNS
import Testing

@Suite("TXT records of a real name server")
struct StubResolverTests {
    @Test("The strings of a record are joined, records stay apart, and none is an answer")
    func answers() async throws {
        let server = try await TestNameServer.start(
            zone: "company.example",
            records: ["several": [["one", "two"], ["three"]], "one": [["v=spf1 -all"]]]
        )
        let resolver = StubResolver(servers: .addresses([server.address]))
        let texts = { (name: String) async throws -> Set<String> in
            Set(try await resolver.textRecords(of: name).map { String(decoding: $0, as: UTF8.self) })
        }
        #expect(try await texts("several.company.example") == ["onetwo", "three"])
        #expect(try await texts("one.company.example") == ["v=spf1 -all"])
        #expect(try await texts("none.company.example").isEmpty)
        // What the server refuses to answer is unknown, not absent.
        await #expect(throws: ResolutionFailure.self) { _ = try await texts("one.elsewhere.example") }
        await server.stop()
    }

    @Test("A server that is silent, and one that cannot be asked, are failures and no answers")
    func failures() async throws {
        let silent = try await SilentNameServer.start()
        let resolver = StubResolver(servers: .addresses([silent.address]), limit: .milliseconds(300))
        let failure = await #expect(throws: ResolutionFailure.self) {
            _ = try await resolver.textRecords(of: "one.company.example")
        }
        // It is the silence that is told, and not that the question was given up for it.
        guard case .unanswered("Timeout while contacting DNS servers") = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        try await silent.stop()
        let unusable = await #expect(throws: ResolutionFailure.self) {
            _ = try await StubResolver(servers: .addresses(["nowhere"])).textRecords(of: "one.company.example")
        }
        guard case .unusable = unusable else {
            Issue.record("\(String(describing: unusable))")
            return
        }
    }
}
