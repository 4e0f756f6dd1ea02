import GatewayHTTP
import Testing

@Suite("Client address")
struct ClientAddressTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7", [192, 0, 2, 7], 3),
        ("::ffff:192.0.2.7", "192.0.2.7", [192, 0, 2, 7], 3),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", [0x20, 1, 0x0d, 0xb8, 0, 1, 0, 2], 6),
        ("::1", "::1", [0, 0, 0, 0, 0, 0, 0, 0], 6),
    ])
    func readsAddresses(text: String, description: String, block: [UInt8], networkLength: Int) throws {
        let address = try #require(ClientAddress(text))
        #expect(address.description == description)
        #expect(address.block == block)
        #expect(address.network == Array(block.prefix(networkLength)))
    }

    @Test(arguments: ["", "unknown", "192.0.2.7:80", "[::1]", "fe80::1%eth0", "192.0.2", "_hidden"])
    func refusesEverythingElse(text: String) {
        #expect(ClientAddress(text) == nil)
    }
}
