import GatewayHTTP
import HTTPTypes
import Testing

@Suite("Trusted proxies")
struct TrustedPeersTests {
    private let trusted = TrustedPeers { $0.hasPrefix("10.") }

    private func client(peer: String, forwardedFor: [String]) throws -> String {
        var headers = HTTPFields()
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        for value in forwardedFor { headers.append(HTTPField(name: name, value: value)) }
        let peer = try #require(ClientAddress(peer))
        return self.trusted.clientAddress(peer: peer, headers: headers).description
    }

    @Test func believesNobodyElse() throws {
        #expect(try self.client(peer: "192.0.2.1", forwardedFor: ["203.0.113.9"]) == "192.0.2.1")
    }

    @Test func takesTheFirstAddressThatIsNotTrusted() throws {
        let chain = ["198.51.100.1, 203.0.113.9 , 10.0.0.2"]
        #expect(try self.client(peer: "10.0.0.1", forwardedFor: chain) == "203.0.113.9")
    }

    @Test func readsSeveralHeaderLinesAsOne() throws {
        let lines = ["198.51.100.1", "203.0.113.9", "10.0.0.2,10.0.0.3"]
        #expect(try self.client(peer: "10.0.0.1", forwardedFor: lines) == "203.0.113.9")
    }

    @Test func stopsAtWhatIsNoAddress() throws {
        #expect(try self.client(peer: "10.0.0.1", forwardedFor: ["203.0.113.9, unknown, 10.0.0.2"]) == "10.0.0.2")
        #expect(try self.client(peer: "10.0.0.1", forwardedFor: []) == "10.0.0.1")
    }
}
