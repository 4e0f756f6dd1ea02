import XMLSecurity

/// What a message says about itself, for rows that leave it open.
struct CorpusClaims {
    var issuer = ""
    var audience = ""
    var recipient = ""

    init(formField: String) throws {
        guard let bytes = StrictBase64.decode(formField) else { return }
        let root = try XMLDocument.parse(bytes).root
        self.read(root)
    }

    private mutating func read(_ element: XMLElement) {
        switch element.name.localName {
        case "Issuer" where self.issuer.isEmpty: self.issuer = (try? element.text()) ?? ""
        case "Audience" where self.audience.isEmpty: self.audience = (try? element.text()) ?? ""
        case "SubjectConfirmationData" where self.recipient.isEmpty:
            self.recipient = element.attribute("Recipient") ?? ""
        case _: break
        }
        for child in element.childElements {
            self.read(child)
        }
    }
}
