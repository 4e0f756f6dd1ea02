import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

extension AttackMatrixRow {
    /// What would cost more than it may, and what is no message at all (saml-security C03 to C06, C10, D17).
    static let limits: [AttackMatrixRow] = counts + sizes + fields + bindings

    private static let counts: [AttackMatrixRow] =
        ([
            ("C03", "65 attributes on one tag", .tooManyAttributes, "<x \(many(65) { "a\($0)=\"\" " })/>"),
            ("C03", "22,000 attributes on one tag", .tooManyAttributes, "<x \(many(22_000) { "a\($0)=\"\" " })/>"),
            ("C03", "65 namespaces on one tag", .tooManyNamespaces, "<x \(many(65) { "xmlns:a\($0)=\"u\" " })/>"),
            ("C03", "4,000 elements more", .tooManyElements, many(4000) { _ in "<x/>" }),
            ("C03", "a long namespace used often", .tooMuchExpansion, expansion),
            ("C04", "65 elements inside each other", .tooDeep, nested(65)),
            ("C04", "300 elements inside each other", .tooDeep, nested(300)),
        ] as [(String, String, XMLRejection, String)])
        .map { row, attack, rejection, content in
            .parser(row, attack, rejection, replacing: "<saml:Subject>", with: content + "<saml:Subject>")
        } + [
            .signature("C03", "seventeen prefixes", .prefixListRefused) { try withPrefixes(17, $0) },
            .signature("C03", "ten thousand prefixes", .prefixListRefused) { try withPrefixes(10_000, $0) },
        ]

    private static let sizes: [AttackMatrixRow] = [
        .parser("C05", "a message above the limit", .tooLarge) {
            let text = String(repeating: "x", count: XMLLimits.samlMessage.byteCount)
            return try .edited($0, "_transient", text)
        },
        AttackMatrixRow(
            row: "C05",
            attack: "a field above the limit",
            code: .tooLarge,
            reason: "\(HTTPPostBinding.maximumFieldLength + 1) characters"
        ) { _ in
            PostedMessage(field: String(repeating: "A", count: HTTPPostBinding.maximumFieldLength + 1))
        },
        .parser("C06", "a deflated message", .notUTF8) {
            let request = AuthnRequest(
                id: try #require($0.expectations.requestID),
                issueInstant: $0.expectations.now,
                destination: "https://idp.example/sso",
                assertionConsumerService: $0.expectations.assertionConsumerService,
                issuer: $0.expectations.serviceProvider
            )
            let url = try HTTPRedirectBinding.url(for: request, relayState: "x")
            let start = try #require(url.firstRange(of: "SAMLRequest=")?.upperBound)
            let field = url[start...].prefix { $0 != "&" }.replacing("%2B", with: "+").replacing("%2F", with: "/")
            return PostedMessage(field: String(field.replacing("%3D", with: "=")))
        },
    ]

    private static let fields: [AttackMatrixRow] = [
        ("two fields in one", "PHg+PHg+PHg=PHg+"), ("no padding", "PHgvPg"), ("the alphabet of URLs", "PHg-PHg_"),
        ("bits behind the end", "PHgvPh=="), ("percent signs", "PHgvPg%3D%3D"), ("nothing", ""),
    ]
    .map { attack, field in
        AttackMatrixRow(row: "C10", attack: attack, code: .xmlInvalid, reason: nil) { _ in
            PostedMessage(field: field)
        }
    }

    private static let bindings: [AttackMatrixRow] = [
        .grammar("D17", "a Response in an envelope, as ECP sends it", at: "Envelope") {
            let soap = "http://schemas.xmlsoap.org/soap/envelope/"
            let message = try $0.message()
            let start = try #require(message.firstRange(of: "<samlp:Response ")).lowerBound
            return PostedMessage(
                "<s:Envelope xmlns:s=\"\(soap)\"><s:Body>\(message[start...])</s:Body></s:Envelope>"
            )
        },
        .signature("D17", "no signature inside, as SimpleSign sends it", .unsigned) {
            PostedMessage(try $0.message(signing: .nothing))
        },
    ]

    private static let expansion =
        "<x xmlns:p=\"urn:\(String(repeating: "u", count: 4000))\">\(many(200) { _ in "<p:x/>" })</x>"

    private static func many(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined()
    }

    private static func nested(_ depth: Int) -> String {
        String(repeating: "<x>", count: depth) + String(repeating: "</x>", count: depth)
    }

    private static func withPrefixes(_ count: Int, _ exchange: Exchange) throws -> PostedMessage {
        let algorithm = "http://www.w3.org/2001/10/xml-exc-c14n#"
        let list = self.many(count) { "p\($0) " }
        return try .edited(
            exchange,
            "<ds:Transform Algorithm=\"\(algorithm)\"/>",
            "<ds:Transform Algorithm=\"\(algorithm)\"><e:InclusiveNamespaces xmlns:e=\"\(algorithm)\""
                + " PrefixList=\"\(list)\"/></ds:Transform>"
        )
    }
}
