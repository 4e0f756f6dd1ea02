import Foundation
import SAML
import Testing
import Workspaces

@Suite("Sessions that a logout request names")
struct IdentityProviderSessionTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let isNamed: Bool
        var nameID = Self.ann
        var index: String? = "_s1"
        var indexes = ["_s0", "_s1"]
        var asked = Self.ann

        static let ann = NameID(value: "ann", format: "urn:example:format", nameQualifier: "q", spNameQualifier: "s")

        static let all = [
            Row(testDescription: "the same name and one of the indexes", isNamed: true),
            Row(testDescription: "no index asked for", isNamed: true, indexes: []),
            Row(testDescription: "no index asked for, none known", isNamed: true, index: nil, indexes: []),
            Row(testDescription: "another index", isNamed: false, index: "_s2"),
            Row(
                testDescription: "an index that is equal to Unicode alone",
                isNamed: false,
                index: "e\u{301}",
                indexes: ["\u{e9}"]
            ),
            Row(testDescription: "an index asked for, none known", isNamed: false, index: nil),
            Row(testDescription: "another name", isNamed: false, nameID: NameID(value: "bob")),
            Row(testDescription: "a name in another case", isNamed: false, asked: NameID(value: "ANN")),
            Row(
                testDescription: "a name without format for one without format",
                isNamed: true,
                nameID: NameID(value: "ann"),
                asked: NameID(value: "ann", format: NameID.unspecifiedFormat)
            ),
            Row(
                testDescription: "the qualifiers left out on one side",
                isNamed: true,
                nameID: NameID(value: "ann", nameQualifier: "https://idp.example", spNameQualifier: "portico"),
                asked: NameID(value: "ann")
            ),
            Row(
                testDescription: "another format",
                isNamed: false,
                nameID: NameID(value: "ann"),
                asked: NameID(value: "ann", format: NameID.transientFormat)
            ),
            Row(
                testDescription: "another provider's qualifier",
                isNamed: false,
                nameID: NameID(value: "ann"),
                asked: NameID(value: "ann", nameQualifier: "https://other.example")
            ),
            Row(
                testDescription: "another service's qualifier",
                isNamed: false,
                nameID: NameID(value: "ann"),
                asked: NameID(value: "ann", spNameQualifier: "other")
            ),
        ]
    }

    @Test(arguments: Row.all)
    func isNamed(_ row: Row) throws {
        let issuer = try #require(EntityID("https://idp.example"))
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let endpoint = "https://apps.example.com/.portico/saml/slo"
        let request = LogoutRequest(
            id: .random(),
            issueInstant: now,
            destination: endpoint,
            issuer: Issuer(issuer.value),
            nameID: row.asked,
            sessionIndexes: row.indexes
        )
        let validated = try SingleLogoutProfile(
            LogoutExpectations(identityProvider: issuer, singleLogoutService: endpoint, now: now)
        )
        .validate(request, certificateFingerprint: "AB")
        let session = IdentityProviderSession(issuer: issuer, nameID: row.nameID, sessionIndex: row.index)
        let portico = try #require(EntityID("portico"))
        #expect(session.isNamed(by: validated, serviceProvider: portico) == row.isNamed)
        let other = IdentityProviderSession(
            issuer: try #require(EntityID("https://other.example")),
            nameID: row.nameID,
            sessionIndex: row.index
        )
        #expect(!other.isNamed(by: validated, serviceProvider: portico))
    }
}
