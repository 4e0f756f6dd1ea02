import Foundation
import PostgreSQL
import Storage

extension Migrator {
    /// A migrator over the folder that is given, or else found near the program.
    ///
    /// - Throws: `MigrationError` when there is no folder or a file in it cannot be used.
    static func beside(
        _ configuration: PostgreSQLConfiguration,
        folder: String? = nil
    ) throws(MigrationError) -> Migrator {
        let folder = if let folder { URL(filePath: folder) } else { try MigrationFolder.locate() }
        return Migrator(configuration: configuration, migrations: try MigrationFolder.read(folder))
    }
}
