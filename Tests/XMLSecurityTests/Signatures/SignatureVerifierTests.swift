import Foundation
import Testing

@testable import XMLSecurity

@Suite("Signature verifier")
struct SignatureVerifierTests {
    /// A kind of key with a digest, and the identifier that the signature must have.
    struct Algorithm: CustomTestStringConvertible, Sendable {
        let kind: SigningKey.Kind
        let digest: DigestAlgorithm
        let identifier: String

        var testDescription: String { "\(self.kind) \(self.identifier)" }

        static let all: [Algorithm] = [
            Algorithm(kind: .rsa(bits: 2048), digest: .sha256, identifier: "rsa-sha256"),
            Algorithm(kind: .rsa(bits: 2048), digest: .sha384, identifier: "rsa-sha384"),
            Algorithm(kind: .rsa(bits: 2048), digest: .sha512, identifier: "rsa-sha512"),
            Algorithm(kind: .rsa(bits: 4096), digest: .sha256, identifier: "rsa-sha256"),
            Algorithm(kind: .p256, digest: .sha256, identifier: "ecdsa-sha256"),
            Algorithm(kind: .p256, digest: .sha512, identifier: "ecdsa-sha512"),
            Algorithm(kind: .p384, digest: .sha384, identifier: "ecdsa-sha384"),
            Algorithm(kind: .p384, digest: .sha512, identifier: "ecdsa-sha512"),
            Algorithm(kind: .p521, digest: .sha512, identifier: "ecdsa-sha512"),
            Algorithm(kind: .p521, digest: .sha256, identifier: "ecdsa-sha256"),
        ]
    }

    @Test(arguments: Algorithm.all)
    func acceptsTheAllowedAlgorithms(algorithm: Algorithm) throws {
        let key = try SigningKey.generate(algorithm.kind)
        let certificate = try Message.certificate(of: key)
        let bytes = try XMLSigner.sign(
            Array(Message.unsigned.utf8),
            elementID: "_a1",
            key: key,
            options: XMLSigner.Options(digest: algorithm.digest)
        )
        let assertion = try Message.assertion(in: String(decoding: bytes, as: UTF8.self))
        let verified = try SignatureVerifier(certificates: [certificate]).verify(assertion)
        #expect(verified.signature.algorithm == "http://www.w3.org/2001/04/xmldsig-more#" + algorithm.identifier)
        #expect(verified.signature.certificate == certificate)
        // The key is found among others of its kind, by the canonical SignedInfo.
        let others = try (0..<7)
            .map { _ in
                try Message.certificate(
                    of: try SigningKey.generate(algorithm.kind == .rsa(bits: 4096) ? .p256 : algorithm.kind)
                )
            }
        #expect(
            try SignatureVerifier(certificates: others + [certificate]).verify(assertion).signature.certificate
                == certificate
        )
        #expect(throws: SignatureRejection.noKeyMatches) {
            try SignatureVerifier(certificates: others).verify(assertion)
        }
    }

    @Test func findsTheKeyAmongThoseOfOtherCurves() throws {
        let kinds: [SigningKey.Kind] = [.p384, .p256, .p384, .p521, .p384, .rsa(bits: 2048), .p384]
        let keys = try kinds.map { try SigningKey.generate($0) }
        let certificates = try keys.map { try Message.certificate(of: $0) }
        for (key, certificate) in zip(keys, certificates) {
            let bytes = try XMLSigner.sign(Array(Message.unsigned.utf8), elementID: "_a1", key: key)
            let assertion = try Message.assertion(in: String(decoding: bytes, as: UTF8.self))
            let verifier = SignatureVerifier(certificates: certificates)
            #expect(try verifier.verify(assertion).signature.certificate == certificate)
            for likely in certificates {
                #expect(try verifier.trying(first: likely).verify(assertion).signature.certificate == certificate)
            }
        }
    }

    @Test(arguments: [SigningKey.Kind.p256, .p384, .p521])
    func refusesAnECDSAValueInAnotherLength(kind: SigningKey.Kind) throws {
        let key = try SigningKey.generate(kind)
        let verifier = SignatureVerifier(certificates: [try Message.certificate(of: key)])
        let octets = Array("octets".utf8)
        let method = SignatureAlgorithm.ecdsaSHA256.rawValue
        let value = try key.sign(octets, digest: .sha256)
        #expect(throws: Never.self) { try verifier.verify(octets, value: value, algorithm: method) }
        let half = value.count / 2
        let longer = [0] + value[..<half] + [0] + value[half...]
        #expect(throws: SignatureRejection.noKeyMatches) {
            try verifier.verify(octets, value: longer, algorithm: method)
        }
    }

    @Test func readsTheSignedBytesAndNothingElse() throws {
        let verified = try Message.verify(try Message.signed()).element
        #expect(verified.name == Message.assertion)
        #expect(verified.parent == nil)
        #expect(verified.attribute("ID") == "_a1")
        #expect(verified.childElements.map(\.name.localName) == ["Issuer", "Subject", "AttributeStatement"])
        let subject = try #require(verified.childElements.dropFirst().first)
        #expect(try subject.childElements.first?.text() == "jos\u{e9}@example.com")
    }

    @Test func leavesTheDocumentAsItWas() throws {
        let text = try Message.signed(options: XMLSigner.Options(certificate: try Message.certificate.get()))
        let assertion = try Message.assertion(in: text)
        let verifier = SignatureVerifier(certificates: [try Message.certificate.get()])
        _ = try verifier.verify(assertion)
        let signature = try #require(assertion.firstChild(named: SignaturePart.signature.name))
        #expect(signature.childElements.count == 3)
        _ = try verifier.verify(assertion)
    }

    @Test(arguments: [
        ("team_ADMIN", "team_OWNER"), ("jos", "j0s"),
        ("Version=\"2.0\">\n    <saml:Issuer", "Version=\"2.1\">\n    <saml:Issuer"),
        ("<saml:Subject>", "<saml:Subject> "), ("xsi:type=\"xs:string\"", "xsi:type=\"xs:int\""),
        ("</saml:Attribute>", "<saml:AttributeValue>x</saml:AttributeValue></saml:Attribute>"),
        (
            "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"",
            "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" xmlns:q=\"urn:q\""
        ),
    ])
    func refusesWhatWasChangedAfterSigning(original: String, changed: String) throws {
        let text = try Message.signed()
        #expect(text.contains(original))
        let tampered = text.replacingOccurrences(of: original, with: changed)
        guard !changed.contains("urn:q") else {
            // An unused namespace around the assertion is not part of it: exclusive canonicalization leaves it out.
            try Message.verify(tampered)
            return
        }
        #expect(throws: SignatureRejection.digestMismatch) { try Message.verify(tampered) }
    }

    @Test func refusesAnotherKeyWithTheSameSubject() throws {
        let verifier = SignatureVerifier(certificates: [try Message.otherCertificate.get()])
        let assertion = try Message.assertion(in: try Message.signed())
        #expect(throws: SignatureRejection.noKeyMatches) { try verifier.verify(assertion) }
    }

    @Test func acceptsTheSecondCertificateDuringARollOver() throws {
        let certificates = [try Message.otherCertificate.get(), try Message.certificate.get()]
        let verified = try SignatureVerifier(certificates: certificates)
            .verify(
                try Message.assertion(in: try Message.signed())
            )
        #expect(verified.signature.certificate == certificates[1])
    }

    @Test func neverReadsTheKeyInTheMessage() throws {
        let attacker = try Message.otherKey.get()
        let bytes = try XMLSigner.sign(
            Array(Message.unsigned.utf8),
            elementID: "_a1",
            key: attacker,
            options: XMLSigner.Options(certificate: try Message.otherCertificate.get())
        )
        #expect(throws: SignatureRejection.noKeyMatches) {
            try Message.verify(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func aForeignCertificateInTheMessageDoesNotMatter() throws {
        try Message.verify(
            try Message.signed(options: XMLSigner.Options(certificate: try Message.otherCertificate.get()))
        )
    }

    @Test func refusesWithoutOrWithTooManyCertificates() throws {
        let assertion = try Message.assertion(in: try Message.signed())
        let certificate = try Message.certificate.get()
        #expect(throws: SignatureRejection.noCertificate) { try SignatureVerifier(certificates: []).verify(assertion) }
        #expect(throws: SignatureRejection.tooManyCertificates) {
            try SignatureVerifier(certificates: Array(repeating: certificate, count: 65)).verify(assertion)
        }
    }

    /// A key of 4,096 bits costs as much as four of 2,048; those of another length are not tried at all.
    @Test func boundsTheWorkOfLongKeys() throws {
        let key = try SigningKey.generate(.rsa(bits: 4096))
        let long = try Message.certificate(of: key)
        let bytes = try XMLSigner.sign(Array(Message.unsigned.utf8), elementID: "_a1", key: key)
        let assertion = try Message.assertion(in: String(decoding: bytes, as: UTF8.self))
        let short = try Message.certificate.get()
        func verifier(long count: Int) -> SignatureVerifier {
            SignatureVerifier(
                certificates: Array(repeating: long, count: count) + Array(repeating: short, count: 64 - count)
            )
        }
        #expect(try verifier(long: 32).verify(assertion).signature.certificate == long)
        #expect(throws: SignatureRejection.tooManyCertificates) { try verifier(long: 33).verify(assertion) }
        // The others are as many as there may be.
        _ = try verifier(long: 0).verify(try Message.assertion(in: try Message.signed()))
    }

    @Test func neverTriesAKeyOfAnotherKind() throws {
        let certificate = try Message.certificate(of: try SigningKey.generate(.p256))
        let assertion = try Message.assertion(in: try Message.signed())
        #expect(throws: SignatureRejection.noKeyMatches) {
            try SignatureVerifier(certificates: [certificate]).verify(assertion)
        }
    }

    @Test(arguments: [["xs"], ["#default", "xs", "xsi", "saml"], (0..<16).map { "p\($0)" }])
    func acceptsAPrefixList(prefixes: [String]) throws {
        let text = try Message.signed(options: XMLSigner.Options(inclusiveNamespaces: prefixes))
        #expect(text.contains("PrefixList=\"\(prefixes.joined(separator: " "))\""))
        try Message.verify(text)
    }

    @Test(arguments: ["\n", "\r\n", "&#13;\n", " \t", "&#xD;"])
    func acceptsLineBreaksInsideBase64(lineBreak: String) throws {
        var text = try Message.signed()
        let value = try #require(text.firstRange(of: "<ds:SignatureValue>"))
        text.insert(contentsOf: lineBreak, at: value.upperBound)
        text.insert(contentsOf: lineBreak, at: text.index(value.upperBound, offsetBy: lineBreak.count + 8))
        try Message.verify(text)
    }

    /// Weak keys and algorithms verify under the tests' own policy and never under the standard one.
    @Test func refusesWeakKeysAndAlgorithms() throws {
        let key = try SigningKey.generate(.rsa(bits: 1024))
        let der = try key.selfSignedDER(
            commonName: "weak",
            notBefore: Date(timeIntervalSince1970: 0),
            notAfter: Date(timeIntervalSince1970: 1)
        )
        let certificate = try SigningCertificate(der: der, policy: .legacy)
        for digest in [DigestAlgorithm.sha1, .sha256] {
            let bytes = try XMLSigner.sign(
                Array(Message.unsigned.utf8),
                elementID: "_a1",
                key: key,
                options: XMLSigner.Options(digest: digest)
            )
            let assertion = try Message.assertion(in: String(decoding: bytes, as: UTF8.self))
            _ = try SignatureVerifier(certificates: [certificate], policy: .legacy).verify(assertion)
            #expect(throws: SignatureRejection.self) {
                try SignatureVerifier(certificates: [certificate]).verify(assertion)
            }
        }
        let sha1 = try XMLSigner.sign(
            Array(Message.unsigned.utf8),
            elementID: "_a1",
            key: try Message.key.get(),
            options: XMLSigner.Options(digest: .sha1)
        )
        #expect(throws: SignatureRejection.signatureAlgorithmRefused(SignatureAlgorithm.rsaSHA1.rawValue)) {
            try Message.verify(String(decoding: sha1, as: UTF8.self))
        }
    }

    /// Whatever byte is changed: either the message is refused, or what is read is what was signed.
    @Test func aChangedByteNeverChangesWhatIsRead() throws {
        let text = try Message.signed(options: XMLSigner.Options(certificate: try Message.certificate.get()))
        let original = try Message.verify(text).element.tree.bytes
        let bytes = Array(text.utf8)
        let replacements = Array("<>/&'\"= aA1:#!?\n".utf8) + [0x00, 0x80]
        for round in 0..<400 {
            var changed = bytes
            changed[(round * 7919) % bytes.count] = replacements[round % replacements.count]
            let verifier = SignatureVerifier(certificates: [try Message.certificate.get()])
            guard
                let root = try? XMLDocument.parse(changed).root,
                let assertion = root.firstChild(named: Message.assertion),
                let verified = try? verifier.verify(assertion)
            else { continue }
            #expect(verified.element.tree.bytes == original)
        }
    }

    @Test func verifiesOnManyThreadsAtOnce() async throws {
        let text = try Message.signed()
        let tampered = text.replacingOccurrences(of: "team_ADMIN", with: "team_OWNER")
        let certificates = [try Message.otherCertificate.get(), try Message.certificate.get()]
        let accepted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let verifier = SignatureVerifier(certificates: certificates)
                    return (0..<50)
                        .count { round in
                            let message = round.isMultiple(of: 2) ? text : tampered
                            return (try? verifier.verify(try Message.assertion(in: message))) != nil
                        }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(accepted == 8 * 25)
    }

    @Test func aLargeMessageIsReadWhole() throws {
        let values = String(
            repeating: "<saml:AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"xs:string\" "
                + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">company_REVIEWER</saml:AttributeValue>",
            count: 1000
        )
        let text = Message.unsigned.replacingOccurrences(of: "</saml:Attribute>", with: values + "</saml:Attribute>")
        let bytes = try XMLSigner.sign(Array(text.utf8), elementID: "_a1", key: try Message.key.get())
        let verified = try Message.verify(String(decoding: bytes, as: UTF8.self)).element
        #expect(verified.childElements.last?.childElements.first?.childElements.count == 1001)
    }
}
