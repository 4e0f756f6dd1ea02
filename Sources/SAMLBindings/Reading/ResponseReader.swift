import SAML
import XMLSecurity

/// Reads what stands around the assertion, from a Response as it came or from its signed bytes.
enum ResponseReader {
    /// Reads the header of a Response that the grammar let pass.
    static func header(of response: XMLElement) throws(ResponseRejection) -> ResponseHeader {
        ResponseHeader(
            id: try response.requiredMessageID("ID"),
            issueInstant: try response.requiredInstant("IssueInstant"),
            inResponseTo: try response.messageID("InResponseTo"),
            destination: response.attribute("Destination"),
            issuer: try response.issuer(),
            status: try self.status(of: response)
        )
    }

    /// Reads the Status directly inside.
    static func status(of response: XMLElement) throws(ResponseRejection) -> Status {
        let status = response.firstChild(named: .protocols("Status"))
        let code = status?.firstChild(named: .protocols("StatusCode"))
        return Status(
            code: code?.attribute("Value") ?? "",
            subordinateCode: code?.firstChild(named: .protocols("StatusCode"))?.attribute("Value"),
            message: try status?.textOfChild(.protocols("StatusMessage"))
        )
    }
}
