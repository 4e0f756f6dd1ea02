import SAML
import Testing
import Workspaces

@Suite("asserted identity")
struct AssertedIdentityTests {
    struct EmailRow: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var values: [AttributeValue]?
        var email: String?
        var code: RefusalCode?

        static let all: [EmailRow] = [
            EmailRow(testDescription: "I1 plain", values: [.text("ann@a.example")], email: "ann@a.example"),
            EmailRow(testDescription: "I1 padded", values: [.text("\n  Ann@A.Example\t")], email: "ann@a.example"),
            EmailRow(testDescription: "I1 missing", values: nil, code: .emailMissing),
            EmailRow(testDescription: "I1 no values", values: [], code: .emailMissing),
            EmailRow(testDescription: "I1 empty", values: [.text(" \n")], code: .emailMissing),
            EmailRow(
                testDescription: "I1 two distinct",
                values: [.text("ann@a.example"), .text("bob@a.example")],
                code: .emailAmbiguous
            ),
            EmailRow(
                testDescription: "I1 the same twice in another case",
                values: [.text("ann@a.example"), .text(" ANN@a.example "), .text("")],
                email: "ann@a.example"
            ),
            EmailRow(
                testDescription: "I1 an address and no address",
                values: [.text("ann@a.example"), .text("ann")],
                code: .emailAmbiguous
            ),
            EmailRow(testDescription: "F04 not an address", values: [.text("ann")], code: .emailInvalid),
            EmailRow(testDescription: "V2 element content", values: [.structured], code: .emailInvalid),
            EmailRow(
                testDescription: "V2 element content beside an address",
                values: [.text("ann@a.example"), .structured],
                code: .emailInvalid
            ),
        ]
    }

    @Test("e-mail", arguments: EmailRow.all)
    func email(_ row: EmailRow) throws {
        let attributes = row.values.map { [Attribute(name: "email", values: $0)] } ?? []
        let identity = Result { try self.identity(attributes) }
        switch identity {
        case .success(let identity):
            #expect(identity.email.value == row.email)
        case .failure(let error):
            #expect((error as? AssertedIdentityRejection)?.code == row.code)
        }
    }

    @Test("Q17 the attribute's name is exact", arguments: ["Email", "email ", "mail"])
    func nameIsExact(_ name: String) throws {
        let attributes = [Attribute(name: name, texts: ["ann@a.example"])]
        #expect(throws: AssertedIdentityRejection.emailMissing(attribute: "email")) { try self.identity(attributes) }
    }

    @Test("rulings 19 the names of a preset are read")
    func preset() throws {
        let attributes = [
            Attribute(name: "Email", texts: ["ann@a.example"]), Attribute(name: "FirstName", texts: ["Ann"]),
            Attribute(name: "LastName", texts: ["Example"]),
        ]
        let identity = try self.identity(attributes, names: AttributePreset.labelStudio.names)
        #expect(identity.email.value == "ann@a.example")
        #expect(identity.displayName == "Ann Example")
    }

    @Test(
        "F04 F05 names that read as something else are not used",
        arguments: [
            ("Ann Example", "Ann Example"),
            ("  Ann\n", "Ann"),
            ("Zoë 王芳", "Zoë 王芳"),
            ("", nil),
            ("Ann\nadmin", nil),
            ("Ann\u{202e}nimda", nil),
            ("An\u{200b}n", nil),
            ("Ann\u{0}", nil),
            (String(repeating: "n", count: 256), String(repeating: "n", count: 256)),
            (String(repeating: "n", count: 257), nil),
        ] as [(String, String?)]
    )
    func displayName(_ text: String, _ expected: String?) throws {
        let attributes = [
            Attribute(name: "email", texts: ["ann@a.example"]), Attribute(name: "displayName", texts: [text]),
        ]
        #expect(try self.identity(attributes).displayName == expected)
    }

    private func identity(
        _ attributes: [Attribute],
        names: AttributeNames = AttributeNames()
    ) throws -> AssertedIdentity {
        let assertion = try SampleSignIn.validate(
            attributes: attributes,
            nameID: NameID(value: "ann"),
            issuedAt: SampleSignIn.now
        )
        return try AssertedIdentity(reading: assertion, names: names)
    }
}
