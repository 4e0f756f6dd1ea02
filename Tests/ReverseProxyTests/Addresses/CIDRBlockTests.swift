import Testing

@testable import ReverseProxy

@Suite("CIDR blocks")
struct CIDRBlockTests {
    @Test(
        "tells members",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true),
            ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("0.0.0.0/0", "203.0.113.9", true),
            ("2001:db8::/32", "2001:db8:1::1", true), ("2001:db8::/32", "2001:db9::1", false), ("::/0", "::1", true),
            ("::/0", "1.2.3.4", false), ("2001:db8::8000:0:0:0/65", "2001:db8::8000:0:0:1", true),
            ("2001:db8::8000:0:0:0/65", "2001:db8::1", false), ("::1/128", "::1", true),
        ]
    )
    func tellsMembers(_ block: String, _ address: String, _ isMember: Bool) throws {
        let block = try #require(CIDRBlock(block))
        let address = try #require(NetworkAddress(address))
        #expect(block.contains(address) == isMember)
    }

    @Test(
        "refuses",
        arguments: [
            "", "10.0.0.0/33", "10.0.0.1/8", "10.0.0/8", "a", "10.0.0.0/", "10.0.0.0/-1", "::/129", "::1/64",
            "10.0.0.0/8/8",
        ]
    )
    func refuses(_ text: String) {
        #expect(CIDRBlock(text) == nil)
    }
}
