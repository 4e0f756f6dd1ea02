import SAML
import SAMLTesting
import Testing
import XMLSecurity

private let more = "http://www.w3.org/2001/04/xmldsig-more#"
private let old = "http://www.w3.org/2000/09/xmldsig#"

extension AttackMatrixRow {
    /// Which key and which algorithm decide (saml-security B01 to B08).
    static let keys: [AttackMatrixRow] =
        [
            ("B01", "HMAC with SHA-256", more + "hmac-sha256"), ("B01", "HMAC with SHA-1", old + "hmac-sha1"),
            ("B05", "RSA with SHA-1", old + "rsa-sha1"), ("B05", "RSA with MD5", more + "rsa-md5"),
            ("B05", "RSA with RIPEMD-160", more + "rsa-ripemd160"), ("B05", "ECDSA with SHA-1", more + "ecdsa-sha1"),
            ("B05", "DSA", old + "dsa-sha1"), ("B05", "an unknown algorithm", "urn:x"),
            ("B05", "no algorithm", ""), ("B05", "an allowed one in another case", more + "RSA-SHA256"),
            ("B08", "RSA-PSS", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"),
            ("B08", "RSA-PSS with parameters", "http://www.w3.org/2007/05/xmldsig-more#rsa-pss"),
            ("B08", "EdDSA", "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"),
        ]
        .map { row, attack, algorithm in
            .signature(row, attack, .signatureAlgorithmRefused(algorithm)) {
                let message = try $0.message()
                let used = try MessageParts.element("ds:SignedInfo", of: message)
                let start = try #require(used.firstRange(of: "<ds:SignatureMethod Algorithm=\""))
                let current = String(used[start.upperBound...].prefix { $0 != "\"" })
                return PostedMessage(
                    try replacing(
                        "<ds:SignatureMethod Algorithm=\"\(current)\"",
                        with: "<ds:SignatureMethod Algorithm=\"\(algorithm)\"",
                        in: message
                    )
                )
            }
        } + digests + foreignKeys

    private static let digests: [AttackMatrixRow] =
        [
            ("SHA-1", old + "sha1"), ("MD5", more + "md5"), ("SHA-224", more + "sha224"),
            ("an unknown one", "urn:x"),
        ]
        .map { attack, algorithm in
            .signature(
                "B05",
                attack + " as the digest",
                .digestAlgorithmRefused(algorithm),
                replacing: "http://www.w3.org/2001/04/xmlenc#sha256",
                with: algorithm
            )
        }

    private static let foreignKeys: [AttackMatrixRow] = [
        .signature("B02", "a stranger's signature with its certificate inside", .noKeyMatches) {
            PostedMessage(try strangersMessage($0))
        },
        .signature("B02", "a stranger's signature with its bare key inside", .noKeyMatches) {
            let value = "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent>"
            return PostedMessage(
                try replacing(
                    "<ds:KeyInfo>",
                    with: "<ds:KeyInfo>\(value)</ds:RSAKeyValue></ds:KeyValue>",
                    in: try strangersMessage($0)
                )
            )
        },
        .signature("B02", "the pinned certificate beside a stranger's signature", .noKeyMatches) {
            PostedMessage(
                try replacing(
                    StrictBase64.encode(try Exchange.stranger().certificate.der),
                    with: StrictBase64.encode($0.identityProvider.certificate.der),
                    in: try strangersMessage($0)
                )
            )
        },
        .signature("B03", "a stranger's signature whose key is to be fetched", .noKeyMatches) {
            PostedMessage(
                try replacing(
                    "<ds:KeyInfo>",
                    with: "<ds:KeyInfo><ds:RetrievalMethod URI=\"http://127.0.0.1:9/key\"/>",
                    in: try strangersMessage($0)
                )
            )
        },
        .signature("B04", "another certificate of the same subject", .noKeyMatches) {
            let stranger = try Exchange.stranger().certificate
            #expect(stranger.subject == $0.identityProvider.certificate.subject)
            return PostedMessage(try $0.message(), certificates: [stranger])
        },
        .signature("B07", "a key that the workspace no longer has", .noKeyMatches) {
            PostedMessage(try $0.message(), certificates: [try Exchange.stranger().certificate])
        },
    ]

    private static func strangersMessage(_ exchange: Exchange) throws -> String {
        let stranger = try Exchange.stranger()
        return try stranger.sign(stranger.draft(to: exchange.expectations, attributes: Exchange.attributes))
    }
}
