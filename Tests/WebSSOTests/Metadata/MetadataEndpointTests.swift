import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Testing
import Workspaces
import XMLSecurity

@Suite("SP metadata")
struct MetadataEndpointTests {
    @Test(arguments: [
        ("/.portico/saml/metadata", "https://apps.example.com/.portico/saml/acs"),
        ("/.portico/saml/company-a/metadata", "https://apps.example.com/.portico/saml/acs"),
        ("/.portico/saml/company-own/metadata", "https://apps.example.com/.portico/saml/company-own/acs"),
    ])
    func namesTheEndpoints(path: String, url: String) async throws {
        try await TestInstallation.run { _, client in
            try await client.execute(uri: path, method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "application/samlmetadata+xml")
                let text = response.text
                #expect(text.contains("entityID=\"portico\""))
                #expect(text.contains("Location=\"\(url)\""))
                // Single logout is at the same place, by both bindings.
                let logout = url.replacing("/acs", with: "/slo")
                #expect(text.matches(of: /<md:SingleLogoutService/).count == 2)
                #expect(text.split(separator: "Location=\"\(logout)\"").count == 3)
            }
        }
    }

    @Test(arguments: ["", "company-a/", "company-own/"])
    func namesTheKeysOfTheInstallation(path: String) async throws {
        try await TestInstallation.run { installation, client in
            let before = try await client.execute(uri: "/.portico/saml/\(path)metadata", method: .get).text
            #expect(before.matches(of: /<md:KeyDescriptor use="signing">/).count == 1)
            #expect(before.matches(of: /<md:KeyDescriptor use="encryption">/).count == 1)
            try await TestKeys.rotate(installation, overlap: .seconds(86_400))
            installation.clock.advance(by: 60)
            let after = try await client.execute(uri: "/.portico/saml/\(path)metadata", method: .get).text
            #expect(after.matches(of: /<md:KeyDescriptor use="signing">/).count == 2)
            #expect(after.matches(of: /<md:KeyDescriptor use="encryption">/).count == 1)
            for use in SPKeyUse.allCases {
                for certificate in try installation.certificates(use) {
                    #expect(after.contains(StrictBase64.encode(certificate.der)))
                }
            }
        }
    }

    @Test func saysWhetherTheWorkspaceSigns() async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET sign_requests = true")
            for (path, signs) in [("", "false"), ("company-a/", "true")] {
                let text = try await client.execute(uri: "/.portico/saml/\(path)metadata", method: .get).text
                #expect(text.contains("AuthnRequestsSigned=\"\(signs)\""))
            }
        }
    }

    @Test func isThereBeforeSAMLIsSwitchedOn() async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET enabled = false")
            try await client.execute(uri: "/.portico/saml/company-a/metadata", method: .get) {
                #expect($0.status == .ok)
            }
        }
    }

    @Test(arguments: ["company-x", "a%22b", "-"])
    func isNotThereForAnUnknownCompany(company: String) async throws {
        try await TestInstallation.run { _, client in
            try await client.execute(uri: "/.portico/saml/\(company)/metadata", method: .get) {
                #expect($0.status == .notFound)
            }
        }
    }
}
