import Testing
import Workspaces

@Suite("The client behind proxies")
struct ForwardedChainTests {
    private func client(_ entries: Substring..., peer: String = "10.0.0.1") -> String {
        ForwardedChain.client(of: entries, peer: peer) {
            $0.isEmpty || $0.contains("-") || $0.contains("[") || $0.contains(".") && $0.contains(":") ? nil : $0
        } isTrusted: {
            $0.hasPrefix("10.")
        }
    }

    @Test("The first address from the end that is not trusted is the client's")
    func walk() {
        #expect(self.client() == "10.0.0.1")
        #expect(self.client("203.0.113.9", peer: "192.0.2.1") == "192.0.2.1")
        #expect(self.client("198.51.100.1", "203.0.113.9", "10.0.0.2") == "203.0.113.9")
        #expect(self.client("10.0.0.3", "10.0.0.2") == "10.0.0.3")
    }

    @Test("What is no address ends the walk at the proxy that wrote it")
    func noAddress() {
        #expect(self.client("203.0.113.9", "-", "10.0.0.2") == "10.0.0.2")
        #expect(self.client("203.0.113.9", "") == "10.0.0.1")
    }

    @Test(
        "A port behind an address is none of it",
        arguments: [
            ("203.0.113.9:51234", "203.0.113.9"), ("[2001:db8::1]:51234", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"), ("::1", "::1"),
        ] as [(Substring, String)]
    )
    func ports(_ entry: Substring, _ client: String) {
        #expect(self.client(entry) == client)
        #expect(self.client(entry, "10.0.0.2:443") == client)
    }

    @Test(
        "What only looks like a port is none",
        arguments: ["203.0.113.9:", "203.0.113.9:a", "203.0.113.9:123456", "[::1]x"]
    )
    func noPorts(_ entry: Substring) {
        #expect(self.client(entry) == "10.0.0.1")
    }
}
