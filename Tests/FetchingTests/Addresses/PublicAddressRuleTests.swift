import Testing

@testable import Fetching

@Suite("Public addresses")
struct PublicAddressRuleTests {
    private static func isPublic(_ text: String) async throws -> Bool {
        PublicAddressRule.holds(for: try #require(await HostResolver.system.addresses(text).first))
    }

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.0",
        "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.255", "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:a00:1::1", "2001:10::1",
        "2001:1ff::1",
        "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "3fff:fff::1", "4000::1", "fc00::1", "fd12:3456::1",
        "fe80::1", "fec0::1", "ff02::1",
    ])
    func refuses(_ text: String) async throws {
        #expect(try await !Self.isPublic(text))
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255",
        "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:1.1.1.1", "2001:200::1",
        "2001:4860:4860::8888",
        "2001:db7::1", "2001:db9::1", "2003::1", "2606:4700::1111", "3ffe::1", "3fff:1000::1",
    ])
    func accepts(_ text: String) async throws {
        #expect(try await Self.isPublic(text))
    }

    @Test
    func readsAMappedAddressAsItsIPv4Address() throws {
        let mapped = ResolvedAddress([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1])
        #expect(mapped == ResolvedAddress([127, 0, 0, 1]))
        #expect(mapped?.description == "127.0.0.1")
        #expect(ResolvedAddress([127, 0, 0]) == nil)
    }

    @Test
    func resolvesNumbersAsTheMachineDoes() async {
        // What a person may write for 127.0.0.1 and hope that only the text is looked at.
        for text in ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "017700000001"] {
            #expect(await HostResolver.system.addresses(text) == [ResolvedAddress([127, 0, 0, 1])].compactMap { $0 })
        }
        #expect(await HostResolver.system.addresses("::1").map(\.description) == ["::1"])
        #expect(await HostResolver.system.addresses("no-such-name.invalid").isEmpty)
    }
}
