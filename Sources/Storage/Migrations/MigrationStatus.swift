package import FoundationEssentials

/// One migration and whether the database has it.
package struct MigrationStatus: Hashable, Sendable {
    /// The digits that the file's name begins with.
    package let version: String
    /// The file's name.
    package let fileName: String
    /// When it was applied, `nil` for one that is pending.
    package let appliedAt: Date?
}
