/// Why migrations were not applied.
package enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No folder named `Migrations` was found in the places that were looked at.
    case folderNotFound(lookedIn: [String])
    /// A file cannot be read, or is not in dbmate's format.
    case malformed(file: String, reason: String)
    /// Two files have one version.
    case duplicateVersion(String)
    /// A file differs from what was applied under its name.
    case checksumMismatch(file: String)
    /// The database has a version that the folder lacks: it belongs to a newer Portico.
    case unknownVersion(String)
    /// A file's version is lower than one that was applied already.
    case outOfOrder(file: String)

    package var description: String {
        switch self {
        case .folderNotFound(let places):
            "No Migrations folder was found (looked in \(places.joined(separator: ", "))); name it with --migrations."
        case .malformed(let file, let reason):
            "The migration \(file) cannot be used: \(reason)."
        case .duplicateVersion(let version):
            "Two migrations have the version \(version)."
        case .checksumMismatch(let file):
            "The migration \(file) was changed after it was applied; restore the file, and make a new one for the change."
        case .unknownVersion(let version):
            "The database has the migration \(version), which this version of Portico does not know; use a newer one."
        case .outOfOrder(let file):
            "The migration \(file) comes before ones that were applied already; give it the next number."
        }
    }
}
