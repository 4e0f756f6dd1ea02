import FoundationEssentials
import SAML
import XMLSecurity

/// Reads SAML's types from the parts of an element that the grammar let pass.
extension XMLElement {
    /// The instant of a required attribute.
    func requiredInstant(_ localName: String) throws(ResponseRejection) -> Date {
        guard let instant = try self.instant(localName) else {
            throw self.rejection("an instant in UTC", at: localName, got: nil)
        }
        return instant
    }

    /// The instant of an optional attribute: one that is there must be well-formed.
    func instant(_ localName: String) throws(ResponseRejection) -> Date? {
        guard let text = self.attribute(localName) else { return nil }
        guard let instant = SAMLInstant.parse(text) else {
            throw self.rejection("an instant in UTC", at: localName, got: text)
        }
        return instant
    }

    /// The identifier of a required attribute.
    func requiredMessageID(_ localName: String) throws(ResponseRejection) -> MessageID {
        guard let id = try self.messageID(localName) else {
            throw self.rejection("an identifier", at: localName, got: nil)
        }
        return id
    }

    /// The identifier of an optional attribute: one that is there must be well-formed.
    func messageID(_ localName: String) throws(ResponseRejection) -> MessageID? {
        guard let text = self.attribute(localName) else { return nil }
        guard let id = MessageID(text) else { throw self.rejection("an identifier", at: localName, got: text) }
        return id
    }

    /// The text of an element that holds text alone.
    func textContent() throws(ResponseRejection) -> String {
        do throws(XMLRejection) {
            return try self.text()
        } catch {
            throw ResponseRejection(error)
        }
    }

    /// The text of the only child of this name, when there is one.
    func textOfChild(_ name: XMLName) throws(ResponseRejection) -> String? {
        guard let child = self.firstChild(named: name) else { return nil }
        return try child.textContent()
    }

    /// The issuer directly inside, when there is one.
    func issuer() throws(ResponseRejection) -> Issuer? {
        guard let child = self.firstChild(named: .assertion("Issuer")) else { return nil }
        return Issuer(try child.textContent(), format: child.attribute("Format"))
    }

    /// This element as the identifier of a person.
    func nameID() throws(ResponseRejection) -> NameID {
        NameID(
            value: try self.textContent(),
            format: self.attribute("Format"),
            nameQualifier: self.attribute("NameQualifier"),
            spNameQualifier: self.attribute("SPNameQualifier")
        )
    }

    private func rejection(_ wanted: String, at localName: String, got: String?) -> ResponseRejection {
        ResponseRejection(.xmlInvalid, rule: "\(self.name.localName)/@\(localName)", wanted: wanted, got: got)
    }
}
