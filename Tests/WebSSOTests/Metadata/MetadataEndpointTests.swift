import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Testing

@Suite("SP metadata")
struct MetadataEndpointTests {
    @Test(arguments: [
        ("/.portico/saml/metadata", "https://apps.example.com/.portico/saml/acs"),
        ("/.portico/saml/company-a/metadata", "https://apps.example.com/.portico/saml/acs"),
        ("/.portico/saml/company-own/metadata", "https://apps.example.com/.portico/saml/company-own/acs"),
    ])
    func namesTheAssertionConsumerService(path: String, url: String) async throws {
        try await TestInstallation.run { _, client in
            try await client.execute(uri: path, method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "application/samlmetadata+xml")
                let text = response.text
                #expect(text.contains("entityID=\"portico\""))
                #expect(text.contains("Location=\"\(url)\""))
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
