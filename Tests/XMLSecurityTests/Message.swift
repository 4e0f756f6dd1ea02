import Foundation

@testable import XMLSecurity

/// A SAML response to sign, and keys that are made once for all tests.
enum Message {
    static let key = Result { try SigningKey.generate(.rsa(bits: 2048)) }
    static let certificate = Result { try certificate(of: try key.get()) }
    static let otherKey = Result { try SigningKey.generate(.rsa(bits: 2048)) }
    static let otherCertificate = Result { try certificate(of: try otherKey.get()) }

    static let assertion = XMLName("urn:oasis:names:tc:SAML:2.0:assertion", "Assertion")

    static let encryptedAssertion = XMLName("urn:oasis:names:tc:SAML:2.0:assertion", "EncryptedAssertion")

    static let unsigned = """
        <?xml version="1.0" encoding="UTF-8"?>
        <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
        xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0">
          <saml:Issuer>https://idp.example</saml:Issuer>
          <saml:Assertion ID="_a1" Version="2.0">
            <saml:Issuer>https://idp.example</saml:Issuer>
            <saml:Subject><saml:NameID>jos\u{e9}@example.com</saml:NameID></saml:Subject>
            <saml:AttributeStatement><saml:Attribute Name="roles"><saml:AttributeValue \
        xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
        xsi:type="xs:string">team_ADMIN</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>
          </saml:Assertion>
        </samlp:Response>
        """

    static func certificate(of key: SigningKey) throws -> SigningCertificate {
        try key.selfSignedCertificate(
            commonName: "idp.example",
            notBefore: Date(timeIntervalSince1970: 1_700_000_000),
            notAfter: Date(timeIntervalSince1970: 1_900_000_000)
        )
    }

    /// The response with its assertion signed by the usual key.
    static func signed(
        _ identifier: String = "_a1",
        options: XMLSigner.Options = XMLSigner.Options()
    ) throws -> String {
        String(
            decoding: try XMLSigner.sign(
                Array(self.unsigned.utf8),
                elementID: identifier,
                key: try self.key.get(),
                options: options
            ),
            as: UTF8.self
        )
    }

    static func assertion(in text: String) throws -> XMLElement {
        let root = try XMLDocument.parse(Array(text.utf8)).root
        guard let assertion = root.firstChild(named: self.assertion) else { throw SignatureRejection.unsigned }
        return assertion
    }

    /// Verifies the assertion with the usual certificate.
    @discardableResult
    static func verify(_ text: String) throws -> VerifiedElement {
        try SignatureVerifier(certificates: [try self.certificate.get()]).verify(try self.assertion(in: text))
    }
}
