package import FoundationEssentials

/// The identifier of a person, one for each normalized e-mail address; it carries no authority (behavior I2).
package struct UserID: Hashable, Sendable, CustomStringConvertible {
    /// The UUID that PostgreSQL keeps.
    package let uuid: UUID

    /// Takes an identifier that was made before.
    package init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Takes an identifier as a person or a notification wrote it.
    ///
    /// - Returns: `nil` unless the text is a UUID in its usual form of 36 characters.
    package init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    /// Makes a new random identifier (RFC 9562, version 4).
    package static func random() -> UserID {
        UserID(UUID())
    }

    /// The identifier in lower case, as it stands in headers, JSON and notifications.
    package var description: String { self.uuid.uuidString.lowercased() }
}
