import SAML
import SAMLTesting
import Testing
import XMLSecurity

@Suite("Encrypted assertions")
struct EncryptedAssertionTests {
    private static let transports: [KeyTransport] = [
        .oaepMGF1P(digest: nil), .oaepMGF1P(digest: .sha1), .oaepMGF1P(digest: .sha256),
        .oaep(digest: nil, mask: .sha256), .oaep(digest: .sha1, mask: .sha256), .oaep(digest: .sha256, mask: .sha256),
    ]

    private static let signings: [ResponseDraft.Signing] = [.assertion, .response, .both]

    private func message(
        in exchange: Exchange,
        signing: ResponseDraft.Signing,
        change: (inout AssertionEncryption) throws -> Void = { _ in }
    ) throws -> String {
        try exchange.message(signing: signing) {
            var encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
            try change(&encryption)
            $0.encryption = encryption
        }
    }

    @Test(arguments: ContentCipher.allCases, signings)
    func areReadWithEveryCipher(_ content: ContentCipher, _ signing: ResponseDraft.Signing) throws {
        let exchange = try EncryptedExchange.make()
        let message = try self.message(in: exchange, signing: signing) { $0.content = content }
        #expect(!message.contains("ann@company-a.example"))
        if content.protectsContent || signing != .assertion {
            #expect(try exchange.receive(message).attributes == Exchange.attributes)
        } else {
            exchange.expectRefusal(message, .decryptionFailed)
        }
    }

    @Test(arguments: transports, AssertionEncryption.Placement.allCases)
    func areReadWithTheKeyInEveryForm(
        _ transport: KeyTransport,
        _ placement: AssertionEncryption.Placement
    ) throws {
        let exchange = try EncryptedExchange.make()
        for signing in Self.signings {
            let message = try self.message(in: exchange, signing: signing) {
                $0.transport = transport
                $0.placement = placement
            }
            let validated = try exchange.receive(message)
            #expect(validated.attributes == Exchange.attributes)
            #expect(validated.nameID == NameID(value: "_transient", format: NameID.transientFormat))
            #expect(validated.certificateFingerprint == exchange.identityProvider.certificate.sha256Fingerprint)
        }
    }

    @Test(arguments: zip([1000, 400], ResponseDraft.AttributeForm.allCases))
    func areReadOfAPersonWithManyRoles(_ count: Int, _ form: ResponseDraft.AttributeForm) throws {
        let exchange = try EncryptedExchange.make()
        let roles = (0..<count).map { "company-\($0)_REVIEWER" }
        for signing in Self.signings {
            let message = try exchange.message(signing: signing) {
                $0.assertion?.attributes = [Attribute(name: "roles", texts: roles)]
                $0.attributeForm = form
                $0.encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
            }
            #expect(try exchange.receive(message).attributes.map(\.name) == ["roles"])
        }
    }

    @Test(arguments: EncryptedForm.legal)
    func areReadInEveryLegalSpelling(_ form: EncryptedForm) throws {
        let exchange = try EncryptedExchange.make()
        let message = try self.message(in: exchange, signing: .assertion) { form.apply(&$0) }
        #expect(try exchange.receive(message).attributes == Exchange.attributes)
    }

    @Test(arguments: EncryptedForm.refused)
    func areRefusedInEveryOtherForm(_ form: EncryptedForm) throws {
        let exchange = try EncryptedExchange.make()
        for signing in [ResponseDraft.Signing.assertion, .response] {
            let message = try self.message(in: exchange, signing: signing) { form.apply(&$0) }
            exchange.expectRefusal(message, .xmlInvalid)
        }
        // Nobody looks for a key before the form is right.
        let message = try self.message(in: exchange, signing: .assertion) { form.apply(&$0) }
        try Exchange().expectRefusal(message, .xmlInvalid)
    }

    /// saml-profiles 4.1.4.2 with its errata: who sends an encrypted assertion says so outside of it.
    @Test(arguments: signings)
    func areRefusedInAResponseWithoutIssuer(_ signing: ResponseDraft.Signing) throws {
        let exchange = try EncryptedExchange.make()
        let encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
        let message = try exchange.message(signing: signing) {
            $0.encryption = encryption
            $0.header.issuer = nil
        }
        exchange.expectRefusal(message, .issuerMismatch)
    }

    @Test(arguments: EncryptionDefect.all)
    func areRefused(_ defect: EncryptionDefect) throws {
        let exchange = try EncryptedExchange.make()
        let message = try exchange.message(signing: defect.signing) {
            var encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
            try defect.apply(&encryption)
            $0.encryption = encryption
        }
        exchange.expectRefusal(message, defect.code)
    }

    /// saml-security E01: what a cipher without protection hides is never told, not even in the detail of a refusal.
    @Test(arguments: EncryptionDefect.unprotected)
    func areRefusedInTheSameWordsWhereTheCipherDoesNotProtectThem(_ defect: EncryptionDefect) throws {
        let exchange = try EncryptedExchange.make()
        let message = try exchange.message(signing: defect.signing) {
            var encryption = AssertionEncryption(
                for: try EncryptedExchange.recipient().certificate,
                content: .aes256CBC
            )
            try defect.apply(&encryption)
            $0.encryption = encryption
        }
        let rejection = #expect(throws: ResponseRejection.self) { try exchange.receive(message) }
        #expect(
            rejection
                == ResponseRejection(
                    .decryptionFailed,
                    rule: "Decryptor",
                    wanted: "an assertion encrypted to a certificate of the service provider",
                    got: DecryptionRejection.failed.description
                )
        )
    }

    @Test
    func areNotDecryptedWithoutProtectionOrSignature() throws {
        let exchange = try EncryptedExchange.make()
        let forms: [@Sendable (inout AssertionEncryption) -> Void] = [
            { _ in },
            { $0.alterContent = { _ in [UInt8](repeating: 0, count: 64) } },
            { $0.alterKey = { _ in [1, 2, 3] } },
            { $0.plaintext = Array("no XML".utf8) },
        ]
        let rejections = try forms.map { form in
            let message = try self.message(in: exchange, signing: .assertion) {
                $0.content = .aes256CBC
                form(&$0)
            }
            return #expect(throws: ResponseRejection.self) { try exchange.receive(message) }
        }
        #expect(rejections.allSatisfy { $0?.code == .decryptionFailed && $0 == rejections[0] })
        #expect(rejections[0]?.got == ContentCipher.aes256CBC.rawValue)
    }

    @Test
    func areReadDuringARotationOfKeys() throws {
        var exchange = try Exchange()
        let recipient = try EncryptedExchange.recipient()
        let others = try EncryptedExchange.others()
        let message = try self.message(in: exchange, signing: .assertion)
        exchange.decryptionKeys = [others[0].key, recipient.key]
        #expect(try exchange.receive(message).attributes == Exchange.attributes)
        exchange.decryptionKeys = [others[1].key, recipient.key]
        #expect(try exchange.receive(message).attributes == Exchange.attributes)
        exchange.decryptionKeys = [recipient.key, others[0].key]
        #expect(try exchange.receive(message).attributes == Exchange.attributes)
        exchange.decryptionKeys = [others[0].key, others[1].key]
        exchange.expectRefusal(message, .decryptionFailed)
        exchange.decryptionKeys = []
        exchange.expectRefusal(message, .decryptionFailed)
        exchange.decryptionKeys = [recipient.key] + others.map(\.key)
        #expect(exchange.decryptionKeys.count == Decryptor.maximumKeys + 1)
        exchange.expectRefusal(message, .decryptionFailed)
    }

    @Test(arguments: SignaturePolicy.allCases, signings)
    func followTheSignaturePolicy(_ policy: SignaturePolicy, _ signing: ResponseDraft.Signing) throws {
        var exchange = try EncryptedExchange.make()
        exchange.signaturePolicy = policy
        let message = try self.message(in: exchange, signing: signing)
        let isEnough =
            switch (policy, signing) {
            case (.either, _), (_, .both), (.assertion, .assertion), (.response, .response): true
            case (_, _): false
            }
        if isEnough {
            _ = try exchange.receive(message)
        } else {
            exchange.expectRefusal(message, .signatureInvalid)
        }
    }

    @Test(arguments: WireDefect.profile)
    func followTheProfile(_ defect: WireDefect) throws {
        let exchange = try EncryptedExchange.make()
        let message = try exchange.message(signing: defect.signing) {
            try defect.apply(&$0)
            guard $0.assertion != nil else { return }
            $0.encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
        }
        exchange.expectRefusal(message, defect.code)
    }

    @Test(arguments: [SigningKey.Kind.p256, .rsa(bits: 1024), .rsa(bits: 4096)])
    func areNotReadWithOtherKinds(ofKey kind: SigningKey.Kind) throws {
        let key = try SigningKey.generate(kind)
        #expect(throws: SigningKeyFailure.keyTypeUnsupported) { try DecryptionKey(key) }
        #expect(throws: SigningKeyFailure.keyTypeUnsupported) { try DecryptionKey(pem: try key.pem()) }
    }

    @Test
    func areReadWithAKeyThatDoesNotPrintItself() throws {
        let signingKey = try SigningKey.generate(.rsa(bits: 2048))
        let key = try DecryptionKey(pem: try signingKey.pem())
        var dumped = ""
        dump(key, to: &dumped)
        for text in [dumped, "\(key)", String(reflecting: key)] {
            #expect(text.utf8.count < 200)
            #expect(!text.contains("PRIVATE"))
        }
    }
}
