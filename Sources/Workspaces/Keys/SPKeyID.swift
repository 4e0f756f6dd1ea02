package import FoundationEssentials

/// The identifier of one of Portico's own SAML keys.
package struct SPKeyID: Hashable, Sendable, CustomStringConvertible {
    /// The UUID that PostgreSQL keeps.
    package let uuid: UUID

    /// Takes an identifier that was made before.
    package init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Makes a new random identifier (RFC 9562, version 4).
    package static func random() -> SPKeyID {
        SPKeyID(UUID())
    }

    /// The identifier in lower case, as it stands in JSON and in the audit log.
    package var description: String { self.uuid.uuidString.lowercased() }
}
