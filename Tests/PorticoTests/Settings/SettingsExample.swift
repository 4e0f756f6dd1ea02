import Foundation
import LocalServers

@testable import Portico

/// A sound configuration that each test changes in one place.
enum SettingsExample {
    /// The least that `serve` needs.
    static let environment = [
        "PORTICO_PUBLIC_URL": "https://apps.example.com",
        "PORTICO_DATABASE_URL": "postgresql://portico@db.example/portico",
        "PORTICO_UPSTREAM": "http://127.0.0.1:3000",
        "PORTICO_SECRET_KEY": Self.secretKey,
    ]

    /// A secret key, and the one that a test may change to.
    static let secretKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    static let otherSecretKey = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="

    /// The example with some variables changed; nil removes one.
    static func input(_ changes: [String: String?] = [:], flags: [SettingKey: String] = [:]) -> SettingsInput {
        var environment = Self.environment
        for (name, value) in changes { environment[name] = value }
        return SettingsInput(flags: flags, environment: environment)
    }

    /// The mistakes of the example with some variables changed.
    static func mistakes(_ changes: [String: String?], flags: [SettingKey: String] = [:]) -> [String] {
        do throws(SettingsMistakes) {
            _ = try Self.input(changes, flags: flags).settings()
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    /// Writes a file that lives as long as the test process and returns its path.
    static func file(_ text: String, name: String = "portico.yaml") throws -> String {
        let folder = try Self.folder.get().url.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// Removed when the test process ends.
    private static let folder = Result { try TemporaryFolder() }
}
