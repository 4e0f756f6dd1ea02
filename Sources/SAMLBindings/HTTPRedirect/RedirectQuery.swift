import SAML
import XMLSecurity

/// The query of a message by HTTP-Redirect, read from the octets as they were received (saml-bindings 3.4.4.1).
///
/// The signature covers the parameters as the sender escaped them, in a fixed order; so nothing is decoded and encoded
/// anew for it. Whatever two readers could read differently is refused (saml-security B09): a parameter twice, a request
/// and a response at once, an escaped name, a parameter of another name, a plus sign in base64.
struct RedirectQuery {
    /// What the message claims to be.
    enum Parameter: String {
        /// A request.
        case request = "SAMLRequest"
        /// A response.
        case response = "SAMLResponse"
    }

    /// The longest query that is looked at, in octets.
    static let maximumLength = 64 * 1024

    /// What the message claims to be.
    let parameter: Parameter
    /// The message, inflated.
    let message: [UInt8]
    /// The RelayState, decoded; at most 80 octets.
    let relayState: String?
    /// The signature, which nobody has verified.
    let signature: DetachedSignature

    /// Reads a query.
    ///
    /// - Throws: `tooLarge`, `xmlInvalid`, or `signatureInvalid` when there is no signature.
    static func read(_ query: String) throws(ResponseRejection) -> RedirectQuery {
        guard query.utf8.count <= self.maximumLength else {
            throw ResponseRejection(.tooLarge, rule: "RedirectQuery", got: "\(query.utf8.count) octets")
        }
        let values = try self.values(of: query)
        let parameter: Parameter
        let raw: Substring
        switch (values[Parameter.request.rawValue], values[Parameter.response.rawValue]) {
        case (let value?, nil): (parameter, raw) = (.request, value)
        case (nil, let value?): (parameter, raw) = (.response, value)
        case (_, _): throw self.rejection("one SAMLRequest or one SAMLResponse")
        }
        if let encoding = values["SAMLEncoding"] {
            let name = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE"
            guard PercentEncoding.decode(encoding, plus: .refused).map({ $0.elementsEqual(name.utf8) }) == true else {
                throw self.rejection("the encoding DEFLATE")
            }
        }
        return RedirectQuery(
            parameter: parameter,
            message: try self.inflate(try self.base64(raw, parameter.rawValue)),
            relayState: try values["RelayState"].map { (raw) throws(ResponseRejection) in try self.relayState(raw) },
            signature: try self.signature(values, parameter: parameter, raw: raw)
        )
    }

    private static func values(of query: String) throws(ResponseRejection) -> [String: Substring] {
        let names = ["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLEncoding"]
        var values: [String: Substring] = [:]
        for part in query.split(separator: "&", omittingEmptySubsequences: false) {
            guard let equals = part.firstIndex(of: "=") else { throw self.rejection("names with values") }
            let name = String(part[..<equals])
            guard names.contains(name) else { throw self.rejection("no other parameters") }
            guard values.updateValue(part[part.index(after: equals)...], forKey: name) == nil else {
                throw self.rejection("each parameter once")
            }
        }
        return values
    }

    /// The octets that were signed: the raw values in the order of the specification, which need not be the query's.
    private static func signature(
        _ values: [String: Substring],
        parameter: Parameter,
        raw: Substring
    ) throws(ResponseRejection) -> DetachedSignature {
        guard let algorithm = values["SigAlg"], let value = values["Signature"] else {
            throw ResponseRejection(
                .signatureInvalid,
                rule: "RedirectQuery",
                wanted: "a signature, which the identity provider's administrator must turn on"
            )
        }
        guard let identifier = PercentEncoding.decode(algorithm, plus: .refused) else {
            throw self.rejection("a SigAlg")
        }
        var octets = parameter.rawValue + "=" + raw
        if let relayState = values["RelayState"] {
            octets += "&RelayState=" + relayState
        }
        octets += "&SigAlg=" + algorithm
        return DetachedSignature(
            octets: Array(octets.utf8),
            algorithm: String(decoding: identifier, as: UTF8.self),
            value: try self.base64(value, "Signature")
        )
    }

    private static func base64(_ raw: Substring, _ name: String) throws(ResponseRejection) -> [UInt8] {
        guard
            let text = PercentEncoding.decode(raw, plus: .refused), let octets = StrictBase64.decode(text),
            !octets.isEmpty
        else { throw self.rejection("base64 in \(name)") }
        return octets
    }

    private static func inflate(_ deflated: [UInt8]) throws(ResponseRejection) -> [UInt8] {
        switch RawDeflate.expand(deflated, limit: self.maximumLength) {
        case .expanded(let message): return message
        case .tooLarge: throw ResponseRejection(.tooLarge, rule: "RedirectQuery")
        case .malformed: throw self.rejection("a deflated message")
        }
    }

    private static func relayState(_ raw: Substring) throws(ResponseRejection) -> String {
        guard
            let octets = PercentEncoding.decode(raw, plus: .space), octets.count <= 80,
            let text = String(validating: octets, as: UTF8.self)
        else { throw self.rejection("a RelayState of at most 80 octets") }
        return text
    }

    private static func rejection(_ wanted: String) -> ResponseRejection {
        ResponseRejection(.xmlInvalid, rule: "RedirectQuery", wanted: wanted)
    }
}
