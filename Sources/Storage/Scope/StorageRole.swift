/// The PostgreSQL roles that Portico's connections take; `Migrations/0001_roles.sql` makes them.
package enum StorageRole {
    /// What `portico serve` takes: it sees one workspace at a time.
    package static let service = "portico_service"
    /// What operator commands take: it may list across workspaces, and change one at a time.
    package static let `operator` = "portico_operator"
    /// What retention takes for the length of a transaction: it sees only what has expired.
    static let retention = "portico_retention"
}
