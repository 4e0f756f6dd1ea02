import GatewayHTTP
import HTTPTypes
import Testing

@Suite("Cross-site check of forms")
struct CrossSiteCheckTests {
    private let check = CrossSiteCheck(site: PublicSite(origin: "https://apps.example.com"))

    @Test(
        arguments: [
            [:],
            [.secFetchSite: "same-origin", .origin: "https://apps.example.com"],
            [.secFetchSite: "none"],
            [.origin: "https://apps.example.com"],
        ] as [HTTPFields]
    )
    func letsOwnFormsPass(headers: HTTPFields) {
        #expect(throws: Never.self) { try self.check.check(headers) }
    }

    @Test(
        arguments: [
            [.secFetchSite: "cross-site"],
            [.secFetchSite: "same-site"],
            [.secFetchSite: "cross-site", .origin: "https://apps.example.com"],
            [.secFetchSite: "anything"],
            [.origin: "https://evil.example"],
            [.origin: "null"],
            [.origin: "http://apps.example.com"],
            [.origin: "https://apps.example.com:8443"],
            [.origin: "https://apps.example.com.evil.example"],
        ] as [HTTPFields]
    )
    func refusesOtherSites(headers: HTTPFields) {
        #expect(throws: RequestRefusal.crossSiteRefused) { try self.check.check(headers) }
    }
}
