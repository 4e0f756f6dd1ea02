import FuzzingOracle
import SAMLTesting

/// The metadata reader: no crash, and no certificate is read but those of the identity provider's own role.
///
/// The bytes are a document, and changes to be made in one of the originals, where the keys of other roles, of another
/// entity and of extensions stand around the right ones.
enum MetadataTarget {
    private static let oracle = Result {
        try MetadataOracle(identityProviders: (0..<3).map { _ in try TestIdentityProvider() })
    }

    static func run(_ bytes: [UInt8]) {
        guard let oracle = try? self.oracle.get() else { preconditionFailure("no originals could be made") }
        self.judge(bytes, oracle)
        if let mutated = Mutation.apply(bytes, to: oracle.originals) { self.judge(mutated, oracle) }
    }

    private static func judge(_ document: [UInt8], _ oracle: MetadataOracle) {
        guard oracle.judge(document).contains(.forged) else { return }
        fatalError(
            "of the metadata something was read that is not the identity provider's: \(String(decoding: document, as: UTF8.self))"
        )
    }
}
