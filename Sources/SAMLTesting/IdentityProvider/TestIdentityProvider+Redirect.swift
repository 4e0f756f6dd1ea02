import CZlib
import FoundationEssentials
package import SAML
import XMLSecurity

/// The identity provider's side of HTTP-Redirect and HTTP-POST: it reads what the gateway sent the browser with.
extension TestIdentityProvider {
    /// What arrived.
    package struct ReceivedRequest: Hashable, Sendable {
        /// The request.
        package let request: AuthnRequest
        /// The RelayState, to be sent back unchanged.
        package let relayState: String?
        /// The request as it was written.
        package let xml: String
    }

    /// Reads the AuthnRequest out of a redirect's URL.
    package static func readRequest(fromRedirect url: String) throws(SAMLTestingFailure) -> ReceivedRequest {
        let items = URLComponents(string: url)?.queryItems ?? []
        func values(_ name: String) -> [String] { items.filter { $0.name == name }.compactMap(\.value) }
        guard values("SAMLRequest").count == 1, let parameter = values("SAMLRequest").first else {
            throw .noAuthnRequest("not one SAMLRequest in \(url)")
        }
        guard let deflated = StrictBase64.decode(parameter), let bytes = Self.inflate(deflated) else {
            throw .noAuthnRequest("not deflated base64: \(parameter)")
        }
        return try Self.received(bytes, relayState: values("RelayState").first)
    }

    /// Reads the AuthnRequest out of the fields of a form.
    package static func readRequest(
        fromForm samlRequest: String,
        relayState: String?
    ) throws(SAMLTestingFailure) -> ReceivedRequest {
        guard let bytes = StrictBase64.decode(samlRequest) else { throw .noAuthnRequest("not base64") }
        return try Self.received(bytes, relayState: relayState)
    }

    private static func received(
        _ bytes: [UInt8],
        relayState: String?
    ) throws(SAMLTestingFailure) -> ReceivedRequest {
        guard let document = try? XMLDocument.parse(bytes) else { throw .noAuthnRequest("not XML") }
        let root = document.root
        let issuer = root.firstChild(named: XMLName(Self.assertions, "Issuer"))
        guard root.isNamed(XMLName(Self.protocols, "AuthnRequest")),
            let id = root.attribute("ID").flatMap(MessageID.init),
            let issueInstant = root.attribute("IssueInstant").flatMap(SAMLInstant.parse),
            let destination = root.attribute("Destination"),
            let consumer = root.attribute("AssertionConsumerServiceURL"),
            let issuerName = try? issuer?.text(), let entityID = EntityID(issuerName)
        else { throw .noAuthnRequest("a required part is missing") }
        let request = AuthnRequest(
            id: id,
            issueInstant: issueInstant,
            destination: destination,
            assertionConsumerService: consumer,
            issuer: entityID,
            forceAuthn: root.attribute("ForceAuthn") == "true",
            nameIDPolicy: Self.nameIDPolicy(of: root),
            requestedAuthnContext: Self.requestedAuthnContext(of: root),
            subject: Self.subject(of: root)
        )
        return ReceivedRequest(
            request: request,
            relayState: relayState,
            xml: String(decoding: bytes, as: UTF8.self)
        )
    }

    private static func nameIDPolicy(of root: XMLElement) -> NameIDPolicy {
        guard let policy = root.firstChild(named: XMLName(Self.protocols, "NameIDPolicy")) else { return .omitted }
        let format = policy.attribute("Format")
        return NameIDPolicy.allCases.first { $0.format == format } ?? .any
    }

    private static func requestedAuthnContext(of root: XMLElement) -> RequestedAuthnContext? {
        guard let context = root.firstChild(named: XMLName(Self.protocols, "RequestedAuthnContext")),
            context.attribute("Comparison") == "exact"
        else { return nil }
        return RequestedAuthnContext(context.childElements.compactMap { try? $0.text() })
    }

    private static func subject(of root: XMLElement) -> String? {
        let nameID = root.firstChild(named: XMLName(Self.assertions, "Subject"))?
            .firstChild(named: XMLName(Self.assertions, "NameID"))
        return try? nameID?.text()
    }

    private static let protocols = "urn:oasis:names:tc:SAML:2.0:protocol"
    private static let assertions = "urn:oasis:names:tc:SAML:2.0:assertion"

    /// Expands raw DEFLATE of at most 64 KiB, with nothing behind it.
    private static func inflate(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: 65_536)
        let finished = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return CZlib.inflate(&stream, Z_FINISH)
            }
        }
        guard finished == Z_STREAM_END, stream.avail_in == 0 else { return nil }
        return Array(output.prefix(Int(stream.total_out)))
    }
}
