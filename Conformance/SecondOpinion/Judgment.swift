import Foundation
import SAML
import XMLSecurity

@testable import SAMLBindings
@testable import XMLSecurity

/// Judges documents in files: whole Responses as a gateway does, or their signatures alone.
struct Judgment {
    private let source: Source
    private let expectations: Expectations
    private let verifier: SignatureVerifier
    private let decryptor: Decryptor

    /// Reads `sources.json` and `cases.json` of a folder and writes `opinions.json` beside them.
    static func judge(folder: String) throws {
        let folder = URL(filePath: folder)
        let judgments = try JSONDecoder()
            .decode([Source].self, from: Data(contentsOf: folder.appending(path: "sources.json")))
            .map { try Judgment($0) }
        let cases = try JSONDecoder()
            .decode([Case].self, from: Data(contentsOf: folder.appending(path: "cases.json")))
        let opinions = try cases.map { item in
            guard judgments.indices.contains(item.source) else { throw OpinionFailure.malformedCases(item.file) }
            let document = Array(try Data(contentsOf: folder.appending(path: item.file)))
            return judgments[item.source].judge(document, in: item.file)
        }
        try JSONEncoder().encode(opinions).write(to: folder.appending(path: "opinions.json"))
    }

    private init(_ source: Source) throws {
        let policy = AlgorithmPolicy(source.algorithms)
        // Whoever holds a certificate or a key that is refused has none.
        let certificates = try? SigningCertificate.parse(source.exchange.certificate, policy: policy)
        let keys = source.exchange.decryptionKey.flatMap {
            try? DecryptionKey(SigningKey(pem: $0), bits: policy.decryptionKeyBits)
        }
        self.source = source
        self.expectations = try source.exchange.expectations()
        self.verifier = SignatureVerifier(certificates: certificates ?? [], policy: policy)
        self.decryptor = Decryptor(keys: keys.map { [$0] } ?? [])
    }

    private func judge(_ document: [UInt8], in file: String) -> Opinion {
        do {
            let identity =
                switch self.source.scope {
                case .response: try self.readResponse(document)
                case .signature: try self.readSignedElements(document)
                }
            return Opinion(file: file, verdict: "accepted", rule: "", reason: "", identity: identity)
        } catch let rejection as ResponseRejection {
            return Opinion(
                file: file,
                verdict: rejection.code.rawValue,
                rule: rejection.rule,
                reason: "wanted \(rejection.wanted ?? "-"), got \(rejection.got ?? "-")",
                identity: []
            )
        } catch {
            return Opinion(
                file: file,
                verdict: "signature_invalid",
                rule: "SignatureVerifier",
                reason: "\(error)",
                identity: []
            )
        }
    }

    /// The person and the attributes of a Response that a gateway accepts.
    private func readResponse(_ document: [UInt8]) throws -> [String] {
        let validated = try HTTPPostBinding.decodeResponse(StrictBase64.encode(document))
            .validate(
                self.expectations,
                verifier: self.verifier,
                decryptor: self.decryptor,
                signaturePolicy: .either
            )
        var identity = [validated.nameID?.value ?? ""]
        for attribute in validated.attributes {
            for value in attribute.values {
                if case .text(let text) = value { identity.append("\(attribute.name)=\(text)") }
            }
        }
        return identity
    }

    /// The Response and the assertion in it, so far as they are signed, in the bytes that were digested.
    ///
    /// Structure and signatures are checked as in a gateway, where one signature that is not valid refuses the message; what
    /// the message says is not.
    private func readSignedElements(_ document: [UInt8]) throws -> [String] {
        let root = try HTTPPostBinding.decodeResponse(StrictBase64.encode(document)).root
        let signed = ([root] + root.children(named: .assertion("Assertion"))).filter(SignatureVerifier.hasSignature)
        guard !signed.isEmpty else { throw SignatureRejection.unsigned }
        return try signed.map { element throws(SignatureRejection) in
            String(decoding: try self.verifier.verify(element).element.tree.bytes, as: UTF8.self)
        }
    }
}
