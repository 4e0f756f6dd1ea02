internal import Crypto
package import FoundationEssentials

/// A person's identifier as applications see it: stable within one workspace, and another one in every other workspace
/// (behavior I2, P1, X2).
///
/// Applications often know a person by this value alone. Were it the same everywhere, a workspace whose identity provider
/// names somebody else's address could pass for that person in an application that forgets to look at the workspace.
package struct SubjectID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier, a UUID of version 8 (RFC 9562, 5.8).
    package let uuid: UUID

    /// Derives the identifier: the first 128 bits of SHA-256 over both identifiers, with version and variant set.
    package init(of user: UserID, in workspace: WorkspaceID) {
        var hasher = SHA256()
        hasher.update(data: Array("portico subject".utf8))
        for uuid in [workspace.uuid, user.uuid] {
            hasher.update(data: Array(uuid.uuidString.utf8))
        }
        var bytes = Array(hasher.finalize().prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        self.uuid = UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            )
        )
    }

    /// The identifier in lower case.
    package var description: String { self.uuid.uuidString.lowercased() }
}
