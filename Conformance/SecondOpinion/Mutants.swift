import Foundation
import FuzzingOracle
import SAMLTesting
import XMLSecurity

/// Makes documents of the messages of `sources.json`: transplants, and changes of their bytes.
enum Mutants {
    private static let forged = "eve@b.example"

    /// Writes the documents, as many of each kind as each source says, and `mutants.json`.
    ///
    /// - Parameters:
    ///   - folder: A folder with `sources.json`.
    ///   - seed: What the choice among all documents depends on.
    /// - Throws: What the file system or the decoder throws.
    static func write(to folder: String, seed: Int) throws {
        let folder = URL(filePath: folder)
        let sources = try JSONDecoder()
            .decode([Source].self, from: Data(contentsOf: folder.appending(path: "sources.json")))
        var cases: [Case] = []
        for (index, source) in sources.enumerated() {
            let bytes = Array(try Data(contentsOf: folder.appending(path: source.file)))
            guard let count = source.documents, count > 0, let message = String(validating: bytes, as: UTF8.self) else {
                continue
            }
            // The engine reads nothing but elements and text.
            let isPlain = (try? XMLDocument.parse(bytes)) != nil
            for (number, document) in (isPlain ? self.transplants(message, source, count, seed) : []).enumerated() {
                try Data(document).write(to: folder.appending(path: "\(index)-transplanted-\(number).xml"))
                cases.append(
                    Case(file: "\(index)-transplanted-\(number).xml", source: index, mutation: "transplanted")
                )
            }
            for number in 0..<count {
                let script = Mutation.script(number: (seed &* 1_000_003 &+ index) &* 100_003 &+ number)
                guard let document = Mutation.apply(script, to: [message]) else { continue }
                try Data(document).write(to: folder.appending(path: "\(index)-changed-\(number).xml"))
                cases.append(Case(file: "\(index)-changed-\(number).xml", source: index, mutation: "changed"))
            }
        }
        try JSONEncoder().encode(cases).write(to: folder.appending(path: "mutants.json"))
    }

    private static func transplants(_ message: String, _ source: Source, _ count: Int, _ seed: Int) -> [[UInt8]] {
        let identity = source.identity.isEmpty ? "@" : source.identity
        let engine = WrappingEngine(message: message, identity: identity, forged: self.forged)
        guard engine.count > 0 else { return [] }
        let step = max(1, engine.count / count)
        return stride(from: (seed &* 7919 & 0xFFFF) % step, to: engine.count, by: step).prefix(count)
            .compactMap { engine.document($0) }
    }
}
