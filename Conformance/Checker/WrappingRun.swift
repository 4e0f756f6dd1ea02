import Foundation
import FuzzingOracle
import SAMLTesting

/// Checks the documents of the wrapping engine and prints what became of them.
enum WrappingRun {
    private static let names = ["the assertion", "the Response", "both"]
    private static let forged = "eve@company-a.example"

    static func run(stride: Int) throws {
        let identityProvider = try TestIdentityProvider()
        let recipient = try EncryptionRecipient()
        let oracle = try ResponseOracle(identityProvider: identityProvider, recipient: recipient)
        print("| Signed | Documents | Refused | Accepted with the signed identity | Accepted with another |")
        print("|---|---:|---:|---:|---:|")
        for (name, original) in zip(self.names, oracle.originals) {
            let engine = WrappingEngine(message: original, identity: ResponseOracle.person, forged: self.forged)
            try self.count(engine, stride: stride, oracle, as: name)
        }
        for (name, draft) in zip(self.names, oracle.drafts) {
            let engine = try WrappingEngine(
                encrypting: draft,
                by: identityProvider,
                for: recipient.certificate,
                identity: ResponseOracle.person,
                forged: self.forged
            )
            try self.count(engine, stride: stride, oracle, as: "\(name), the assertion encrypted")
        }
        let engine = WrappingEngine(message: oracle.originals[0], identity: ResponseOracle.person, forged: self.forged)
        let encryption = AssertionEncryption(for: recipient.certificate)
        try self.count(engine, stride: stride, oracle, as: "\(self.names[0]), then all of it encrypted") { document in
            try encryption.encryptAssertions(in: String(decoding: document, as: UTF8.self)).map { Array($0.utf8) }
        }
    }

    private static func count(
        _ engine: WrappingEngine,
        stride: Int,
        _ oracle: ResponseOracle,
        as name: String,
        after change: ([UInt8]) throws -> [UInt8]? = { $0 }
    ) throws {
        guard let unchanged = try change(engine.unchanged), case .original = oracle.judge(unchanged) else {
            throw CheckerFailure.originalRefused(name)
        }
        var refused = 0
        var accepted = 0
        for number in Swift.stride(from: 0, to: engine.count, by: stride) {
            guard let document = try engine.document(number).flatMap(change) else { continue }
            switch oracle.judge(document) {
            case .refused: refused += 1
            case .original: accepted += 1
            case .forged:
                let file = "forged-\(number).xml"
                try Data(document).write(to: URL(filePath: file))
                throw CheckerFailure.forgedIdentity(file)
            }
        }
        print("| \(name) | \(refused + accepted) | \(refused) | \(accepted) | 0 |")
    }
}
