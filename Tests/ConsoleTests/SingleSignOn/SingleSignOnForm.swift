import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import Testing
import Workspaces
import XMLSecurity

/// The form of single sign-on as a browser sends it.
enum SingleSignOnForm {
    /// A certificate that was made for all tests.
    static let certificate = Result { try Self.makeCertificate("idp.example") }

    /// A form that is good, with the values of a first configuration.
    static func valid(csrf: String, version: String) throws -> [String: String] {
        [
            "csrf": csrf, "version": version, "sign_in_url": "https://idp.example/sso",
            "issuer": "https://idp.example/metadata", "certificates": try Self.certificate.get().pem,
            "metadata_url": "", "attribute_preset": "datasaur", "attribute_preset_before": "datasaur",
            "attributes.email": "email", "attributes.display_name": "displayName",
            "attributes.first_name": "firstName", "attributes.last_name": "lastName", "attributes.groups": "groups",
            "attributes.group_values": "separate", "attributes.roles": "roles", "roles_mode": "auto",
            "sp_issuer": "portico", "acs_style": "shared",
            "signature_policy": "either", "request_binding": "redirect", "name_id_policy": "any",
            "authn_context": "", "slo_url": "", "slo_binding": "redirect", "slo_response_url": "",
        ]
    }

    static func makeCertificate(_ name: String) throws -> SigningCertificate {
        // The clock of the tests stands still in 2027.
        let now = ManualClock().now
        return try SigningKey.generate(.p256)
            .selfSignedCertificate(commonName: name, notBefore: now, notAfter: now.addingTimeInterval(365 * 86_400))
    }
}

extension TestConsole {
    /// The version of the settings as they are edited.
    func version() async throws -> String {
        let configured = try await self.configured()
        let draft = try await SingleSignOnVersionStore(pool: self.database.pool).draft(self.scope)
        return SingleSignOnVersion(of: draft?.settings.applied(to: configured) ?? configured).description
    }

    /// A form that is good, for a browser and the settings as they are.
    func form(_ browser: TestBrowser) async throws -> [String: String] {
        try SingleSignOnForm.valid(
            csrf: try await browser.csrf(Self.singleSignOn),
            version: try await self.version()
        )
    }

    /// Saves a form that is good.
    func configure(_ browser: TestBrowser) async throws {
        let saved = try await browser.post(Self.singleSignOn, try await self.form(browser))
        #expect(saved.headers[.location] == Self.singleSignOn + "?saved")
    }

    /// Switches single sign-on on, as the page shows it and without a test.
    func enable(_ browser: TestBrowser) async throws {
        let page = try await browser.get(Self.singleSignOn)
        let form = [
            "csrf": try #require(TestBrowser.csrf(in: page)), "change": try #require(page.change), "untested": "on",
        ]
        let enabled = try await browser.post(Self.singleSignOn + "/enable", form)
        #expect(enabled.headers[.location] == Self.singleSignOn + "?enabled")
    }
}
