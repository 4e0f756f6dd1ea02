import FuzzingOracle
import SAMLTesting

/// The whole check of a Response: no crash, and no acceptance unless the identity occurs in a signed original.
///
/// The originals are signed with a key that is new in each run. The bytes are judged as they are, and once more as changes
/// to be made in one of the originals (``Mutation``): random changes of a whole signed message would break its XML mostly.
enum ResponseTarget {
    private static let oracle = Result { try ResponseOracle(identityProvider: TestIdentityProvider()) }

    static func run(_ bytes: [UInt8]) {
        guard let oracle = try? self.oracle.get() else { preconditionFailure("no originals could be made") }
        self.judge(bytes, oracle)
        if let mutated = Mutation.apply(bytes, to: oracle.originals) { self.judge(mutated, oracle) }
    }

    private static func judge(_ document: [UInt8], _ oracle: ResponseOracle) {
        guard oracle.judge(document) == .forged else { return }
        print(String(decoding: document, as: UTF8.self))
        preconditionFailure("the document above was accepted, and names somebody who was not signed")
    }
}
