import FoundationEssentials
package import SAML
package import XMLSecurity

/// An identity provider with a key of its own, which signs whatever a test wants.
///
/// Defects of the profile are made before signing, so that the signature is valid and only the check in question can
/// refuse; attacks on the signature are made on the signed text (see ``SignatureWrapping``).
package struct TestIdentityProvider: Sendable {
    /// Its name.
    package let entityID: EntityID
    /// The key that signs.
    package let key: SigningKey
    /// The certificate to configure.
    package let certificate: SigningCertificate

    /// Makes an identity provider with a fresh key.
    ///
    /// - Parameters:
    ///   - entityID: Its name.
    ///   - kind: The key; P-256 is the quickest to make.
    /// - Throws: `invalidEntityID`, or `cannotMakeKey`.
    package init(
        entityID: String = "https://idp.example/saml",
        key kind: SigningKey.Kind = .p256
    ) throws(SAMLTestingFailure) {
        guard let name = EntityID(entityID) else { throw .invalidEntityID(entityID) }
        do throws(SigningKeyFailure) {
            let key = try SigningKey.generate(kind)
            self.certificate = try key.selfSignedCertificate(
                commonName: "Portico test",
                notBefore: Date(timeIntervalSince1970: 1_700_000_000),
                notAfter: Date(timeIntervalSince1970: 2_500_000_000)
            )
            self.key = key
        } catch {
            throw .cannotMakeKey("\(error)")
        }
        self.entityID = name
    }

    /// The Response that these expectations accept, unsigned, to be changed and handed to ``sign(_:)``.
    package func draft(
        to expectations: Expectations,
        attributes: [Attribute] = [],
        signing: ResponseDraft.Signing = .assertion
    ) -> ResponseDraft {
        let now = expectations.now
        let issuer = Issuer(self.entityID.value)
        let header = ResponseHeader(
            id: MessageID.random(),
            issueInstant: now,
            inResponseTo: expectations.requestID,
            destination: expectations.assertionConsumerService,
            issuer: issuer,
            status: Status(code: Status.success)
        )
        let data = SubjectConfirmationData(
            notOnOrAfter: now + 300,
            recipient: expectations.assertionConsumerService,
            inResponseTo: expectations.requestID?.value
        )
        let assertion = Assertion(
            id: MessageID.random(),
            issueInstant: now,
            issuer: issuer,
            subject: Subject(
                nameID: NameID(value: "_transient", format: NameID.transientFormat),
                confirmations: [SubjectConfirmation(method: SubjectConfirmation.bearer, data: data)]
            ),
            conditions: Conditions(
                notBefore: now - 30,
                notOnOrAfter: now + 300,
                conditions: [.audienceRestriction([expectations.serviceProvider.value])]
            ),
            authnStatements: [
                AuthnStatement(
                    authnInstant: now - 5,
                    sessionIndex: MessageID.random().value,
                    authnContextClassRef: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
                )
            ],
            attributes: attributes
        )
        return ResponseDraft(header: header, assertion: assertion, signing: signing)
    }

    /// Signs a draft, and encrypts its assertion if it says so.
    ///
    /// - Returns: The signed XML.
    package func sign(_ draft: ResponseDraft) throws(SAMLTestingFailure) -> String {
        var bytes = Array(try draft.unsignedXML().utf8)
        let assertionID = draft.assertion?.id.value
        if let assertionID, draft.signing == .assertion || draft.signing == .both {
            bytes = try self.sign(bytes, elementID: assertionID)
        }
        if let encryption = draft.encryption {
            let message = MessageText(String(decoding: bytes, as: UTF8.self))
            let assertion = try message.element("saml:Assertion")
            bytes = Array(try message.replacing(assertion, with: try encryption.encrypt(assertion)).text.utf8)
        }
        if draft.signing == .response || draft.signing == .both {
            bytes = try self.sign(bytes, elementID: draft.header.id.value)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Makes a Response as the browser would post it.
    ///
    /// - Parameters:
    ///   - expectations: What the Response is made to satisfy.
    ///   - attributes: What it says about the person.
    ///   - signing: What is signed.
    ///   - mutate: Makes the defects, before signing.
    /// - Returns: The value of the form field `SAMLResponse`.
    /// - Throws: What `mutate` throws, `textNotFound` for an edit that does not apply, or `cannotSign`.
    package func response(
        to expectations: Expectations,
        attributes: [Attribute] = [],
        signing: ResponseDraft.Signing = .assertion,
        mutate: (inout ResponseDraft) throws -> Void = { _ in }
    ) throws -> String {
        var draft = self.draft(to: expectations, attributes: attributes, signing: signing)
        try mutate(&draft)
        return Self.formField(try self.sign(draft))
    }

    /// The value of the form field `SAMLResponse` for a message.
    package static func formField(_ xml: String) -> String {
        StrictBase64.encode(Array(xml.utf8))
    }

    private func sign(_ bytes: [UInt8], elementID: String) throws(SAMLTestingFailure) -> [UInt8] {
        do throws(SigningFailure) {
            let options = XMLSigner.Options(certificate: self.certificate)
            return try XMLSigner.sign(bytes, elementID: elementID, key: self.key, options: options)
        } catch {
            throw .cannotSign("\(error)")
        }
    }
}
