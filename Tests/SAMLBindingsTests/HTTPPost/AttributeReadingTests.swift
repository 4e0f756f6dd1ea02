import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

@Suite("Reading the assertion")
struct AttributeReadingTests {
    @Test(arguments: LegalWireForm.all)
    func acceptsWhatTheFieldSends(_ form: LegalWireForm) throws {
        let exchange = try Exchange()
        let validated = try exchange.receive(try exchange.message(signing: form.signing, mutate: form.apply))
        #expect(validated.values(ofAttribute: "email") == [.text("ann@company-a.example")])
    }

    @Test(arguments: [
        ("company-a_ADMIN", AttributeValue.text("company-a_ADMIN")),
        ("\n    company-a_ADMIN\n  ", .text("\n    company-a_ADMIN\n  ")),
        ("a &amp; b &lt;c&gt;", .text("a & b <c>")),
        ("&#x41;&#66;&#13;", .text("AB\r")),
        ("\u{1F511} \u{430}", .text("\u{1F511} \u{430}")),
        ("", .text("")),
        ("<b>x</b>", .structured),
        ("text <b/>", .structured),
        ("<saml:NameID>x</saml:NameID>", .structured),
    ])
    func readsTheWholeTextOfAValue(_ content: String, _ value: AttributeValue) throws {
        let exchange = try Exchange()
        let message = try exchange.message(attributes: [Attribute(name: "x", texts: ["VALUE"])]) {
            $0.replace("VALUE", with: content)
        }
        #expect(try exchange.receive(message).values(ofAttribute: "x") == [value])
    }

    @Test
    func readsANilValueAsEmpty() throws {
        let exchange = try Exchange()
        let message = try exchange.message(attributes: [Attribute(name: "x", texts: ["VALUE"])]) {
            $0.replace(
                "<saml:AttributeValue>VALUE",
                with: "<saml:AttributeValue xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\">"
            )
        }
        #expect(try exchange.receive(message).values(ofAttribute: "x") == [.text("")])
    }

    @Test
    func keepsRepeatedAttributesAndAttributesWithoutValues() throws {
        let exchange = try Exchange()
        let attributes = [
            Attribute(name: "roles", texts: ["a"]), Attribute(name: "Roles", texts: ["b"]),
            Attribute(name: "roles", nameFormat: "urn:x", friendlyName: "y", values: [.text("c")]),
            Attribute(name: "groups", values: []),
        ]
        let validated = try exchange.receive(try exchange.message(attributes: attributes))
        #expect(validated.attributes == attributes)
        #expect(validated.values(ofAttribute: "roles") == [.text("a"), .text("c")])
        #expect(validated.values(ofAttribute: "groups") == [])
        #expect(validated.values(ofAttribute: "role") == nil)
    }

    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func takesAThousandRolesInTheVerboseForm(_ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange(key: .rsa2048)
        let roles = (0..<1000).map { "company-\($0)_REVIEWER" }
        let message = try exchange.message(signing: signing, attributes: [Attribute(name: "roles", texts: roles)]) {
            $0.attributeForm = .verbose
        }
        let validated = try exchange.receive(message)
        #expect(validated.values(ofAttribute: "roles") == roles.map { .text("\n    " + $0 + "\n  ") })
    }
}
