import Foundation

/// Files beside the tests.
enum Fixture {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: self.folder.appending(path: path)))
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try self.bytes(path), as: UTF8.self)
    }

    static func names(in path: String, suffix: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: self.folder.appending(path: path).path)
        return (names ?? []).filter { $0.hasSuffix(suffix) }.sorted()
    }
}
