import SAML
import SAMLBindings
import SAMLTesting
import XMLSecurity

/// Measures the messages that are made to be slow, for a workspace with eight certificates: once as a stranger's, of which
/// everything but the signature's value is right, and once as the identity provider's own, whose certificate is the last;
/// and the slow messages of the experiments as they are.
///
/// The dearest are measured again with every other kind of key, and encrypted; then logout requests by both bindings, and
/// metadata.
struct CostRun {
    /// The promise: milliseconds of CPU for any message of at most ``length`` bytes, whoever made it.
    private static let limit = 10.0
    private static let length = 128 * 1024
    /// How often each message has its turn.
    private static let rounds = 20
    /// How many turns more a message has that seems too dear, since on a busy machine a quiet moment comes seldom.
    private static let extraTurns = 3000
    /// How many of the messages are measured with other keys, and encrypted.
    private static let dearestCount = 5

    static func run() throws {
        let usual = try CostlyKeys("RSA 2048", .rsa(bits: 2048))
        let messages = try CostlyMessages(usual)
        var documents = try CostlyDocument.all(within: .samlMessage).map { ($0, try messages.response($0)) }
        for _ in 0..<Self.rounds {
            for index in documents.indices { documents[index].1.measure() }
        }
        documents.sort { $0.1.milliseconds > $1.1.milliseconds }
        let dearest = documents.prefix(Self.dearestCount).map(\.0)

        var others = try Self.others(dearest, usual)
        for _ in 0..<Self.rounds {
            for index in others.indices { others[index].measure() }
        }
        var rows = documents.map(\.1) + others
        for index in rows.indices where rows[index].byteCount <= Self.length {
            var turns = 0
            while rows[index].milliseconds > Self.limit, turns < Self.extraTurns {
                rows[index].measure()
                turns += 1
            }
        }
        rows.sort { $0.milliseconds > $1.milliseconds }
        Self.report(rows)
        let slowest = rows.first { $0.byteCount <= Self.length }
        if let slow = slowest, slow.milliseconds > Self.limit {
            throw CheckerFailure.tooSlow("\(slow.name), \(slow.keys)")
        }
    }

    private static func others(_ dearest: [CostlyDocument], _ usual: CostlyKeys) throws -> [CostRow] {
        let keys = try [
            CostlyKeys("RSA 4096", .rsa(bits: 4096)), CostlyKeys("RSA 8192", rsaBits: 8192),
            CostlyKeys("P-256", .p256), CostlyKeys("P-384", .p384), CostlyKeys("P-521", .p521),
        ]
        let recipients = try (0..<Decryptor.maximumKeys)
            .map { _ in
                try EncryptionRecipient(bits: DecryptionKey.acceptedBits.upperBound)
            }
        let names = Set(dearest.map(\.name))
        // What is declared outside of an assertion is lost when it is encrypted.
        let plaintexts = CostlyDocument.all(within: .samlPlaintext)
            .filter { names.contains($0.name) && $0.declarations.isEmpty }
        var rows = try Self.experiments(usual) + CostlyMetadata(usual, now: SlowExperiment.expectations().now).rows()
        for keys in [usual] + keys {
            let messages = try CostlyMessages(keys)
            if keys.name != usual.name { rows += try dearest.map { try messages.response($0) } }
            for document in plaintexts {
                rows.append(try messages.encrypted(document, signing: .assertion, for: recipients))
                rows.append(try messages.encrypted(document, signing: .both, for: recipients))
            }
            rows.append(try messages.logout())
            rows.append(try messages.logout(certificates: SignatureVerifier.maximumCertificates))
            rows.append(try messages.redirectedLogout(certificates: SignatureVerifier.maximumCertificates))
        }
        return rows
    }

    private static func experiments(_ keys: CostlyKeys) throws -> [CostRow] {
        let own = try SlowExperiment.certificates()
        let expectations = try SlowExperiment.expectations()
        return try SlowExperiment.all()
            .map { experiment in
                let field = StrictBase64.encode(experiment.message)
                return CostRow(
                    "`\(experiment.name)`",
                    keys: keys.name,
                    byteCount: experiment.message.count,
                    strangers: keys.strangers,
                    own: keys.strangers.dropLast(own.count) + own
                ) { certificates throws(ResponseRejection) in
                    _ = try HTTPPostBinding.decodeResponse(field)
                        .validate(expectations, certificates: certificates, signaturePolicy: .either)
                }
            }
    }

    private static func report(_ rows: [CostRow]) {
        print(
            "| Message | Keys | Bytes | A stranger's | Milliseconds of CPU | The identity provider's | Milliseconds of CPU |"
        )
        print("|---|---|---:|---|---:|---|---:|")
        for row in rows {
            print(
                "| \(row.name) | \(row.keys) | \(row.byteCount) | `\(row.stranger.verdict)` | \(row.stranger.text)",
                "| `\(row.identityProvider.verdict)` | \(row.identityProvider.text) |"
            )
        }
    }
}
