import SAML
import XMLSecurity

/// Reads logout messages from elements that the grammar let pass.
enum LogoutReader {
    /// Reads a LogoutRequest.
    static func request(_ element: XMLElement) throws(ResponseRejection) -> LogoutRequest {
        guard let nameID = element.firstChild(named: .assertion("NameID")) else { throw self.missing("NameID") }
        var sessionIndexes: [String] = []
        for index in element.children(named: .protocols("SessionIndex")) {
            sessionIndexes.append(try index.textContent())
        }
        return LogoutRequest(
            id: try element.requiredMessageID("ID"),
            issueInstant: try element.requiredInstant("IssueInstant"),
            destination: element.attribute("Destination"),
            issuer: try self.issuer(of: element),
            notOnOrAfter: try element.instant("NotOnOrAfter"),
            nameID: try nameID.nameID(),
            sessionIndexes: sessionIndexes
        )
    }

    /// Reads a LogoutResponse.
    static func response(_ element: XMLElement) throws(ResponseRejection) -> LogoutResponse {
        LogoutResponse(
            id: try element.requiredMessageID("ID"),
            issueInstant: try element.requiredInstant("IssueInstant"),
            inResponseTo: try element.messageID("InResponseTo"),
            destination: element.attribute("Destination"),
            issuer: try self.issuer(of: element),
            status: try ResponseReader.status(of: element)
        )
    }

    /// Reads the Issuer, which every logout message has (saml-profiles 4.4.4).
    static func issuer(of element: XMLElement) throws(ResponseRejection) -> Issuer {
        guard let issuer = try element.issuer() else { throw self.missing("Issuer") }
        return issuer
    }

    private static func missing(_ wanted: String) -> ResponseRejection {
        ResponseRejection(.xmlInvalid, rule: "LogoutReader", wanted: wanted)
    }
}
