package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// A key of Portico's own with its private half, of which the database has one table.
package protocol SealedKeyMaterial: Sendable {
    /// The key without its private half.
    associatedtype Key: Sendable
    /// What all keys of the table are together.
    associatedtype Schedule: Sendable

    /// The table, with the columns of a key and those of a ``SealedSecret``.
    static var table: SQL { get }
    /// The columns of a key.
    static var columns: SQL { get }
    /// Under which advisory lock keys are changed: a number that nothing else in the database uses.
    static var lock: Int { get }
    /// What the audit log says when private halves were encrypted anew.
    static var resealing: AuditAction { get }

    /// Reads a row that has ``columns``.
    static func key(_ row: Row) throws -> Key
    /// The condition that one row fulfills.
    static func condition(of key: Key) -> SQL
    /// Whether the private half is not opened any more.
    static func isRetired(_ key: Key, at now: Date) -> Bool
    /// What the encrypted private half belongs to, so that it cannot be exchanged for another row's.
    static func owner(of key: Key) -> [UInt8]
    /// Puts the keys of the table together.
    static func schedule(_ keys: [Key]) -> Schedule

    /// The key without its private half.
    var key: Key { get }
    /// The private half, as it is encrypted.
    var privateBytes: [UInt8] { get }

    /// Puts both halves together.
    ///
    /// - Throws: ``SealingFailure`` when they do not belong together.
    init(_ key: Key, privateBytes: [UInt8]) throws
}
