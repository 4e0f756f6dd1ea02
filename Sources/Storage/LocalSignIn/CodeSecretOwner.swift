package import Workspaces

/// To what the secret of an authenticator app belongs: encrypted for one member of one workspace, it opens for no other.
package enum CodeSecretOwner {
    /// The additional data of the encryption.
    package static func bytes(_ scope: WorkspaceScope, _ userID: UserID) -> [UInt8] {
        Array("portico authenticator \(scope.workspaceID) \(userID)".utf8)
    }
}
