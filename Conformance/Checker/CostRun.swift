import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import XMLSecurity

/// Measures the documents that are made to be slow, signed on the Response and on the assertion: once as a stranger's, of
/// which everything but the signature's value is right, and once as the identity provider's own; and the slow messages of
/// the experiments as they are.
struct CostRun {
    /// The promise: milliseconds of CPU for any message of at most 128 KiB, whoever made it; a longer one that is measured
    /// here is held to it too.
    private static let limit = 10.0
    /// How often each document has its turn; the least counts, for whatever else the machine does is not the document's.
    private static let rounds = 20

    private struct Row {
        let name: String
        let message: [UInt8]
        let expectations: Expectations
        /// The workspace's certificates, of which the last is the signer's.
        let certificates: [SigningCertificate]
        var stranger = Measurement()
        var own = Measurement()
    }

    private struct Measurement {
        var milliseconds = Double.infinity
        var verdict = "accepted"

        /// Keeps the quicker of two measurements of the same.
        mutating func take(_ other: Measurement) {
            if other.milliseconds < self.milliseconds { self = other }
        }

        /// The milliseconds with one decimal.
        var text: String {
            let tenths = Int((self.milliseconds * 10).rounded())
            return "\(tenths / 10).\(tenths % 10)"
        }
    }

    private let strangers: [SigningCertificate]
    private var rows: [Row] = []

    static func run() throws {
        var run = try CostRun()
        for _ in 0..<self.rounds {
            run.measure()
        }
        run.report()
        let slow = run.rows.first { max($0.stranger.milliseconds, $0.own.milliseconds) > self.limit }
        if let slow { throw CheckerFailure.tooSlow(slow.name) }
    }

    /// Makes the messages, and a workspace with eight certificates, of which none or the last is that of the signer.
    private init() throws {
        let signer = try TestIdentityProvider(key: .rsa(bits: 2048))
        self.strangers = try (0..<8).map { _ in try TestIdentityProvider(key: .rsa(bits: 2048)).certificate }
        let expectations = try Exchange(
            serviceProvider: "portico",
            identityProvider: signer.entityID.value,
            assertionConsumerService: "https://gateway.example/.portico/saml/acs",
            requestID: "_request",
            certificate: "",
            now: 1_772_366_400
        )
        .expectations()
        for document in CostlyDocument.all {
            self.rows.append(
                Row(
                    name: document.name,
                    message: try Self.message(document, signer, expectations),
                    expectations: expectations,
                    certificates: self.strangers.dropLast() + [signer.certificate]
                )
            )
        }
        let certificates = try SlowExperiment.certificates()
        for experiment in try SlowExperiment.all() {
            self.rows.append(
                Row(
                    name: "`\(experiment.name)`",
                    message: experiment.message,
                    expectations: try SlowExperiment.expectations(),
                    certificates: self.strangers.dropLast() + certificates
                )
            )
        }
    }

    private static func message(
        _ document: CostlyDocument,
        _ signer: TestIdentityProvider,
        _ expectations: Expectations
    ) throws -> [UInt8] {
        var draft = signer.draft(
            to: expectations,
            attributes: [Attribute(name: "n", texts: ["v"])],
            signing: .nothing
        )
        draft.replace("<samlp:Response ", with: "<samlp:Response\(document.declarations) ")
        draft.replace(
            "<saml:Attribute Name=\"n\"><saml:AttributeValue>v</saml:AttributeValue></saml:Attribute>",
            with: document.attributes
        )
        var bytes = Array(try signer.sign(draft).utf8)
        let options = XMLSigner.Options(inclusiveNamespaces: document.prefixes)
        for identifier in [draft.assertion?.id.value, draft.header.id.value].compactMap(\.self) {
            bytes = try XMLSigner.sign(bytes, elementID: identifier, key: signer.key, options: options)
        }
        return bytes
    }

    private mutating func measure() {
        for index in self.rows.indices {
            let row = self.rows[index]
            let field = StrictBase64.encode(row.message)
            self.rows[index].stranger.take(Self.measure(field, row.expectations, self.strangers))
            self.rows[index].own.take(Self.measure(field, row.expectations, row.certificates))
        }
    }

    private static func measure(
        _ field: String,
        _ expectations: Expectations,
        _ certificates: [SigningCertificate]
    ) -> Measurement {
        var measurement = Measurement()
        let start = ProcessorTime.now
        do throws(ResponseRejection) {
            _ = try HTTPPostBinding.decodeResponse(field)
                .validate(expectations, certificates: certificates, signaturePolicy: .either)
        } catch {
            measurement.verdict = error.code.rawValue
        }
        measurement.milliseconds = (ProcessorTime.now - start) / 1000
        return measurement
    }

    private func report() {
        print(
            "| Message | Bytes | A stranger's | Milliseconds of CPU | The identity provider's | Milliseconds of CPU |"
        )
        print("|---|---:|---|---:|---|---:|")
        for row in self.rows.sorted(by: { $0.own.milliseconds > $1.own.milliseconds }) {
            print(
                "| \(row.name) | \(row.message.count) | `\(row.stranger.verdict)` | \(row.stranger.text)",
                "| `\(row.own.verdict)` | \(row.own.text) |"
            )
        }
    }
}
