/// The attacks of Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be" (2012), in SAML Raider's numbering,
/// and two later ones of the same kind.
///
/// Each makes, from a validly signed message, one in which the signature still finds what it signed, somewhere, while a
/// careless reader finds the forged assertion.
package enum SignatureWrapping: String, CaseIterable, Sendable {
    /// A forged Response, whose signature holds the original Response.
    case xsw1
    /// A forged Response with the original Response and its signature side by side inside.
    case xsw2
    /// A forged assertion before the original.
    case xsw3
    /// A forged assertion around the original.
    case xsw4
    /// The original's signature in the forged assertion, the original behind it.
    case xsw5
    /// The original's signature in the forged assertion, and the original in that signature.
    case xsw6
    /// A forged assertion in the Extensions of the Response.
    case xsw7
    /// The original in an Object of the forged assertion's signature.
    case xsw8
    /// The original assertion in the StatusDetail (CVE-2024-45409).
    case statusDetail
    /// The original assertion in the Advice of the forged one.
    case advice

    /// What must be signed for the attack to make sense.
    package var signing: ResponseDraft.Signing {
        switch self {
        case .xsw1, .xsw2: .response
        case .xsw3, .xsw4, .xsw5, .xsw6, .xsw7, .xsw8, .statusDetail, .advice: .assertion
        }
    }

    /// Wraps a signed message.
    ///
    /// - Parameters:
    ///   - xml: A message that ``TestIdentityProvider`` signed as ``signing`` says.
    ///   - identity: The text that names the person, as the message has it.
    ///   - forged: What the attacker wants to be read instead.
    /// - Returns: The message as the attacker would post it.
    /// - Throws: `textNotFound` when the message is not of that form.
    package func apply(
        to xml: String,
        identity: String,
        forged: String
    ) throws(SAMLTestingFailure) -> String {
        let message = MessageText(xml)
        switch self {
        case .xsw1, .xsw2:
            return try self.wrapResponse(message, identity: identity, forged: forged)
        case .xsw3, .xsw4, .xsw5, .xsw6, .xsw7, .xsw8, .statusDetail, .advice:
            return try self.wrapAssertion(message, identity: identity, forged: forged)
        }
    }

    private func wrapResponse(
        _ message: MessageText,
        identity: String,
        forged: String
    ) throws(SAMLTestingFailure) -> String {
        let response = MessageText(try message.element("samlp:Response"))
        let signature = try response.element("ds:Signature")
        let original = try response.replacing(signature, with: "").text
        let evil = try MessageText(original).replacing(" ID=\"", with: " ID=\"_f").replacing(identity, with: forged)
        let payload =
            self == .xsw1
            ? try MessageText(signature).inserting(original, before: "</ds:Signature>").text
            : original + signature
        return try evil.inserting(payload, before: "<samlp:Status>").text
    }

    private func wrapAssertion(
        _ message: MessageText,
        identity: String,
        forged: String
    ) throws(SAMLTestingFailure) -> String {
        let signed = try message.element("saml:Assertion")
        let signature = try MessageText(signed).element("ds:Signature")
        let original = try MessageText(signed).replacing(signature, with: "").text
        let evil = try MessageText(original).replacing(" ID=\"", with: " ID=\"_f").replacing(identity, with: forged)
        let subject = "<saml:Subject>"
        switch self {
        case .xsw1, .xsw2:
            return message.text
        case .xsw3:
            return try message.inserting(evil.text, before: signed).text
        case .xsw4:
            let around = try evil.inserting(signed, before: "</saml:Assertion>")
            return try message.replacing(signed, with: around.text).text
        case .xsw5:
            let stolen = try evil.inserting(signature, before: subject)
            return try message.replacing(signed, with: stolen.text + original).text
        case .xsw6:
            let full = try MessageText(signature).inserting(original, before: "</ds:Signature>")
            let stolen = try evil.inserting(full.text, before: subject)
            return try message.replacing(signed, with: stolen.text).text
        case .xsw7:
            let extensions = "<samlp:Extensions>" + evil.text + "</samlp:Extensions>"
            return try message.inserting(extensions, before: "<samlp:Status>").text
        case .xsw8:
            let object = "<ds:Object>" + original + "</ds:Object>"
            let full = try MessageText(signature).inserting(object, before: "</ds:Signature>")
            let stolen = try evil.inserting(full.text, before: subject)
            return try message.replacing(signed, with: stolen.text).text
        case .statusDetail:
            let detail = "<samlp:StatusDetail>" + signed + "</samlp:StatusDetail>"
            let forgedMessage = try message.replacing(signed, with: evil.text)
            return try forgedMessage.inserting(detail, before: "</samlp:Status>").text
        case .advice:
            let advice = "<saml:Advice>" + signed + "</saml:Advice>"
            let around = try evil.inserting(advice, before: "<saml:AuthnStatement")
            return try message.replacing(signed, with: around.text).text
        }
    }
}
