/// A type of PostgreSQL's, by its object identifier in `pg_type`, which is fixed for built-in types.
package struct PostgreSQLType: RawRepresentable, Hashable, Sendable {
    /// The object identifier.
    package let rawValue: UInt32

    /// Wraps an object identifier.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    static let bool = Self(rawValue: 16)
    static let bytea = Self(rawValue: 17)
    static let name = Self(rawValue: 19)
    static let int8 = Self(rawValue: 20)
    static let int2 = Self(rawValue: 21)
    static let int4 = Self(rawValue: 23)
    static let text = Self(rawValue: 25)
    static let json = Self(rawValue: 114)
    static let boolArray = Self(rawValue: 1_000)
    static let byteaArray = Self(rawValue: 1_001)
    static let textArray = Self(rawValue: 1_009)
    static let int8Array = Self(rawValue: 1_016)
    static let varchar = Self(rawValue: 1_043)
    static let timestamptz = Self(rawValue: 1_184)
    static let timestamptzArray = Self(rawValue: 1_185)
    static let uuid = Self(rawValue: 2_950)
    static let uuidArray = Self(rawValue: 2_951)
    static let jsonb = Self(rawValue: 3_802)
    static let jsonbArray = Self(rawValue: 3_807)
}
