import FuzzingOracle
import SAMLTesting

/// The reader of posted logout messages: no crash, and no acceptance unless what was read is what one of the signed
/// messages says.
///
/// The bytes are a message, and changes to be made in one of the originals.
enum LogoutTarget {
    private static let oracle = Result { try LogoutOracle(identityProvider: TestIdentityProvider()) }

    static func run(_ bytes: [UInt8]) {
        guard let oracle = try? self.oracle.get() else { preconditionFailure("no originals could be made") }
        self.judge(bytes, oracle)
        if let mutated = Mutation.apply(bytes, to: oracle.documents) { self.judge(mutated, oracle) }
    }

    private static func judge(_ document: [UInt8], _ oracle: LogoutOracle) {
        guard oracle.judge(document: document).contains(.forged) else { return }
        fatalError(
            "the message was accepted, and says something that was not signed: \(String(decoding: document, as: UTF8.self))"
        )
    }
}
