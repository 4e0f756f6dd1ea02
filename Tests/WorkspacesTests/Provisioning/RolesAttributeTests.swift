import SAML
import Testing
import Workspaces

@Suite("roles attribute")
struct RolesAttributeTests {
    /// One row of the parsing vectors of behavior section 3.
    struct Vector: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var companyID = "company-a"
        var values: [AttributeValue]
        var matched: [String]
        var ignored = 0
        var others = 0

        static func texts(
            _ description: String,
            _ values: [String],
            matched: [String] = [],
            ignored: Int = 0,
            others: Int = 0,
            companyID: String = "company-a"
        ) -> Vector {
            Vector(
                testDescription: description,
                companyID: companyID,
                values: values.map(AttributeValue.text),
                matched: matched,
                ignored: ignored,
                others: others
            )
        }

        static let all: [Vector] = [
            .texts("R2 plain", ["company-a_ADMIN"], matched: ["ADMIN"]),
            .texts("Q17 padded as in the seed", ["\n    company-a_ADMIN\n  "], matched: ["ADMIN"]),
            .texts("Q17 every XML white space", [" \t\r\ncompany-a_LABELER\n\r\t "], matched: ["LABELER"]),
            .texts("Q17 lower-case role", ["company-a_admin"], ignored: 1),
            .texts("R3 Company ID in another case", ["Company-A_ADMIN"], others: 1),
            .texts("Q2 unknown role", ["company-a_OWNER"], ignored: 1),
            .texts("Q3 two roles", ["company-a_ADMIN", "company-a_LABELER"], matched: ["ADMIN", "LABELER"]),
            .texts(
                "Q3 two roles, highest last",
                ["company-a_LABELER", "company-a_SUPERVISOR"],
                matched: ["SUPERVISOR", "LABELER"]
            ),
            .texts(
                "Q2 one valid beside one malformed",
                ["company-a_X", "company-a_LABELER"],
                matched: ["LABELER"],
                ignored: 1
            ),
            .texts("R3 another company", ["company-b_ADMIN"], others: 1),
            .texts(
                "R3 beside another company",
                ["company-b_ADMIN", "company-a_REVIEWER"],
                matched: ["REVIEWER"],
                others: 1
            ),
            .texts("R1 no values", []),
            .texts("R1 an empty value", [""], ignored: 1),
            .texts("R2 no comma splitting", ["company-a_ADMIN,company-a_LABELER"], ignored: 1),
            .texts("R2 space before the role", ["company-a_ ADMIN"], ignored: 1),
            .texts("Q17 no-break spaces around", ["\u{a0}company-a_ADMIN\u{a0}"], ignored: 1),
            .texts("Q17 no-break space before only", ["\u{a0}company-a_ADMIN"], ignored: 1),
            .texts("R2 empty left part", ["_ADMIN"], ignored: 1),
            .texts("R2 no underscore", ["ADMIN"], ignored: 1),
            .texts("R2 nothing after the underscore", ["company-a_"], ignored: 1),
            .texts("V2 comment removed by the parser, full text", ["company-a_ADMIN"], matched: ["ADMIN"]),
            .texts("V2 comment truncated", ["company-a_AD"], ignored: 1),
            Vector(testDescription: "V2 element content", values: [.structured], matched: [], ignored: 1),
            Vector(
                testDescription: "V2 element content beside text",
                values: [.structured, .text("company-a_LABELER")],
                matched: ["LABELER"],
                ignored: 1
            ),
            .texts("Q17 full-width letters", ["company-a_\u{ff21}\u{ff24}\u{ff2d}\u{ff29}\u{ff2e}"], ignored: 1),
            .texts("Q17 combining mark after the role", ["company-a_ADMIN\u{301}"], ignored: 1),
            .texts("Q17 combining mark after the underscore", ["company-a_\u{301}ADMIN"], ignored: 1),
            .texts("R3 a combining mark in the Company ID", ["compan\u{79}\u{301}-a_ADMIN"], ignored: 1),
            .texts("R2 the same value twice", ["company-a_ADMIN", "company-a_ADMIN"], matched: ["ADMIN"]),
            .texts("Q18 underscore in the Company ID", ["company_a_ADMIN"], matched: ["ADMIN"], companyID: "company_a"),
            .texts("R3 a prefix is no match", ["company_a_ADMIN"], others: 1, companyID: "company"),
            .texts("R3 a suffix is no match", ["my-company-a_ADMIN"], others: 1),
        ]
    }

    @Test("reads", arguments: Vector.all)
    func reads(_ vector: Vector) throws {
        let companyID = try #require(CompanyID(vector.companyID))
        let reading = RolesAttribute.read(vector.values, companyID: companyID, catalogue: .standard)
        guard case .present(let attribute) = reading else {
            Issue.record("\(reading)")
            return
        }
        #expect(attribute.matchedRoles.map(\.name) == vector.matched)
        #expect(attribute.role?.name == vector.matched.first)
        #expect(attribute.ignoredValues == vector.ignored)
        #expect(attribute.otherCompanies == vector.others)
    }

    @Test(
        "R2 limits",
        arguments: [
            (1000, 256, true),
            (1001, 256, false),
            (1, 257, false),
            (1000, 1, true),
        ]
    )
    func limits(_ count: Int, _ length: Int, _ isRead: Bool) throws {
        let companyID = try #require(CompanyID("company-a"))
        let value = AttributeValue.text(" " + String(repeating: "x", count: length) + "\n")
        let reading = RolesAttribute.read(
            Array(repeating: value, count: count),
            companyID: companyID,
            catalogue: .standard
        )
        #expect((reading != .tooLarge) == isRead)
    }

    @Test("R1 no attribute of the name is absence, not an empty set")
    func absence() throws {
        let companyID = try #require(CompanyID("company-a"))
        #expect(RolesAttribute.read(nil, companyID: companyID, catalogue: .standard) == .absent)
    }

    @Test("R1 two attributes of the name are merged")
    func mergesRepeatedAttributes() throws {
        var signIn = try SampleSignIn()
        signIn.assertRoles(["company-a_LABELER"])
        signIn.assertRoles(["company-a_SUPERVISOR"])
        #expect(try signIn.decide().acceptedChange?.membership.role == Role("SUPERVISOR"))
    }

    @Test("Q17 an attribute with a name in another case is another attribute")
    func nameIsCaseSensitive() throws {
        var signIn = try SampleSignIn()
        signIn.attributes.append(Attribute(name: "Roles", texts: ["company-a_ADMIN"]))
        #expect(try signIn.decide().refusal == .notRegistered)
    }

    @Test("R1 NameFormat and FriendlyName are ignored")
    func nameFormatIsIgnored() throws {
        var signIn = try SampleSignIn()
        signIn.attributes.append(
            Attribute(
                name: "roles",
                nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:uri",
                friendlyName: "groups",
                values: [.text("company-a_ADMIN")]
            )
        )
        #expect(try signIn.decide().acceptedChange?.membership.role == Role("ADMIN"))
    }

    @Test("rulings 20 the catalogue of the installation decides which roles there are")
    func ownCatalogue() throws {
        let catalogue = try RoleCatalogue(names: ["OWNER", "EDITOR", "READER2"])
        let companyID = try #require(CompanyID("company-a"))
        let values = ["company-a_READER2", "company-a_EDITOR", "company-a_ADMIN"].map(AttributeValue.text)
        guard case .present(let attribute) = RolesAttribute.read(values, companyID: companyID, catalogue: catalogue)
        else {
            Issue.record("not present")
            return
        }
        #expect(attribute.matchedRoles.map(\.name) == ["EDITOR", "READER2"])
        #expect(attribute.ignoredValues == 1)
    }
}
