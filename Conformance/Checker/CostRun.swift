import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import XMLSecurity

/// Measures the documents that are made to be slow, signed by a stranger: everything but the signature's value is right.
struct CostRun {
    /// The promise: milliseconds of CPU for any message of at most 128 KiB.
    private static let limit = 10.0
    private static let promisedBytes = 128 * 1024
    /// How often each document has its turn; the least counts, for whatever else the machine does is not the document's.
    private static let rounds = 20

    private struct Row {
        let name: String
        let message: [UInt8]
        var milliseconds = Double.infinity
        var verdict = "accepted"
    }

    private let expectations: Expectations
    private let certificates: [SigningCertificate]
    private var rows: [Row] = []

    static func run() throws {
        var run = try CostRun()
        for _ in 0..<self.rounds {
            run.measure()
        }
        run.report()
        let slow = run.rows.first { $0.milliseconds > self.limit && $0.message.count <= self.promisedBytes }
        if let slow { throw CheckerFailure.tooSlow(slow.name) }
    }

    /// Makes the messages, and a workspace with eight certificates, none of which is the stranger's.
    private init() throws {
        let stranger = try TestIdentityProvider(key: .rsa(bits: 2048))
        self.certificates = try (0..<8).map { _ in try TestIdentityProvider(key: .rsa(bits: 2048)).certificate }
        self.expectations = try Exchange(
            serviceProvider: "portico",
            identityProvider: stranger.entityID.value,
            assertionConsumerService: "https://gateway.example/.portico/saml/acs",
            requestID: "_request",
            certificate: "",
            now: 1_772_366_400
        )
        .expectations()
        for document in CostlyDocument.all {
            self.rows.append(Row(name: document.name, message: try self.message(document, stranger)))
        }
    }

    private func message(_ document: CostlyDocument, _ stranger: TestIdentityProvider) throws -> [UInt8] {
        var draft = stranger.draft(
            to: self.expectations,
            attributes: [Attribute(name: "n", texts: ["v"])],
            signing: .nothing
        )
        draft.replace("<samlp:Response ", with: "<samlp:Response\(document.declarations) ")
        draft.replace(
            "<saml:Attribute Name=\"n\"><saml:AttributeValue>v</saml:AttributeValue></saml:Attribute>",
            with: document.attributes
        )
        var bytes = Array(try stranger.sign(draft).utf8)
        let options = XMLSigner.Options(inclusiveNamespaces: document.prefixes)
        for identifier in [draft.assertion?.id.value, draft.header.id.value].compactMap(\.self) {
            bytes = try XMLSigner.sign(bytes, elementID: identifier, key: stranger.key, options: options)
        }
        return bytes
    }

    private mutating func measure() {
        for index in self.rows.indices {
            let field = StrictBase64.encode(self.rows[index].message)
            let start = ProcessorTime.now
            do throws(ResponseRejection) {
                _ = try HTTPPostBinding.decodeResponse(field)
                    .validate(self.expectations, certificates: self.certificates, signaturePolicy: .either)
            } catch {
                self.rows[index].verdict = error.code.rawValue
            }
            let milliseconds = (ProcessorTime.now - start) / 1000
            self.rows[index].milliseconds = min(self.rows[index].milliseconds, milliseconds)
        }
    }

    private func report() {
        print("| Message | Bytes | Verdict | Milliseconds of CPU |")
        print("|---|---:|---|---:|")
        for row in self.rows.sorted(by: { $0.milliseconds > $1.milliseconds }) {
            let tenths = Int((row.milliseconds * 10).rounded())
            print("| \(row.name) | \(row.message.count) | `\(row.verdict)` | \(tenths / 10).\(tenths % 10) |")
        }
    }
}
