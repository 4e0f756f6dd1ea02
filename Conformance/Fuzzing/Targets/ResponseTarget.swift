import FuzzingOracle
import SAMLTesting

/// The whole check of a Response: no crash, and no acceptance unless the identity occurs in a signed original.
///
/// The originals are signed with a key that is new in each run, and some encrypted. The bytes are judged as they are, as
/// changes to be made in one of the originals (``Mutation``), since random changes of a whole signed message would break
/// its XML mostly, and both ways as what was encrypted.
enum ResponseTarget {
    private static let oracle = Result {
        try ResponseOracle(identityProvider: TestIdentityProvider(), recipient: EncryptionRecipient())
    }

    /// Makes the originals, whose keys may take seconds on a busy machine: libFuzzer would count them as the first input's.
    static func prepare() {
        precondition((try? self.oracle.get()) != nil, "no originals could be made")
    }

    static func run(_ bytes: [UInt8]) {
        guard let oracle = try? self.oracle.get() else { preconditionFailure("no originals could be made") }
        self.judge(bytes, oracle)
        if let mutated = Mutation.apply(bytes, to: oracle.originals) { self.judge(mutated, oracle) }
        // A decryption takes longer than all the rest, so that only one input of four is encrypted, by its last byte.
        guard let last = bytes.last, last & 3 == 0 else { return }
        for plaintext in [bytes, Mutation.apply(bytes, to: [oracle.plaintext])].compactMap(\.self) {
            guard let document = oracle.encrypting(plaintext) else { preconditionFailure("nothing can be encrypted") }
            self.judge(document, oracle)
        }
    }

    private static func judge(_ document: [UInt8], _ oracle: ResponseOracle) {
        guard oracle.judge(document) == .forged else { return }
        fatalError(
            "the document was accepted, and names somebody who was not signed: \(String(decoding: document, as: UTF8.self))"
        )
    }
}
