import GatewayHTTP
import SAML
import Testing
import Workspaces

@Suite("Public URLs")
struct PublicSiteTests {
    private let site = PublicSite(origin: "https://apps.example.com:8443", prefix: "/gate")

    private func workspace(_ style: AssertionConsumerServiceStyle) throws -> Workspace {
        Workspace(
            id: .random(),
            companyID: try #require(CompanyID("Company-A")),
            name: "Company A",
            spIssuer: try #require(EntityID("portico")),
            acsStyle: style,
            defaultRole: .notActivated
        )
    }

    @Test func nameTheChosenAssertionConsumerService() throws {
        #expect(
            self.site.assertionConsumerService(of: try self.workspace(.shared))
                == "https://apps.example.com:8443/gate/saml/acs"
        )
        #expect(
            self.site.assertionConsumerService(of: try self.workspace(.own))
                == "https://apps.example.com:8443/gate/saml/Company-A/acs"
        )
        #expect(
            self.site.metadataURL(of: try self.workspace(.own))
                == "https://apps.example.com:8443/gate/saml/Company-A/metadata"
        )
    }

    @Test(
        arguments: [
            ("http://localhost:8080", "127.0.0.1:8080", "http://localhost:8080/a?b"),
            ("http://localhost:8080", "[::1]:8080", "http://localhost:8080/a?b"),
            ("http://127.0.0.1:8080", "localhost:8080", "http://127.0.0.1:8080/a?b"),
            ("http://localhost:8080", "localhost:8080", nil),
            ("http://localhost:8080", "127.0.0.1:9999", nil),
            ("http://localhost:8080", "evil.example:8080", nil),
            ("http://localhost:8080", nil, nil),
            ("https://apps.example.com", "127.0.0.1", nil),
        ] as [(String, String?, String?)]
    )
    func bringABrowserToThePublicNameOfADemonstration(origin: String, authority: String?, url: String?) {
        #expect(PublicSite(origin: origin).publicURL(of: "/a?b", askedFor: authority) == url)
    }

    @Test func nameThePagesToCopy() throws {
        let companyID = try #require(CompanyID("company-a"))
        #expect(
            self.site.signInURL(of: companyID) == "https://apps.example.com:8443/gate/sign-in?company_id=company-a"
        )
        #expect(self.site.signOutURL == "https://apps.example.com:8443/gate/sign-out")
        #expect(self.site.host == "apps.example.com:8443")
    }
}
