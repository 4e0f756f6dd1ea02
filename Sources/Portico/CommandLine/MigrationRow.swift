import Foundation

/// One migration, as `migrate --json` shows it.
struct MigrationRow: Encodable, Hashable, Sendable {
    /// The digits that the file's name begins with.
    let version: String

    /// The file's name.
    let file: String

    /// When it was applied; null while it is pending.
    let appliedAt: Date?

    private enum CodingKeys: CodingKey {
        case version
        case file
        case appliedAt
    }

    /// Encodes the missing time as null, so that every row has the same keys.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.version, forKey: .version)
        try container.encode(self.file, forKey: .file)
        try container.encode(self.appliedAt, forKey: .appliedAt)
    }
}
