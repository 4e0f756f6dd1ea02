package import FoundationEssentials
package import Workspaces

/// The passphrase of a member as it is kept, with the secret of the authenticator app.
package struct StoredLocalCredential: Hashable, Sendable {
    /// The authenticator app that belongs to a passphrase.
    package struct CodeSetup: Hashable, Sendable {
        /// The secret, encrypted under the operator's secret key.
        package let sealedSecret: SealedSecret
        /// The time step of the newest code that was taken.
        package let lastStep: Int

        /// Makes the set-up that begins with a code.
        package init(sealedSecret: SealedSecret, lastStep: Int) {
            self.sealedSecret = sealedSecret
            self.lastStep = lastStep
        }
    }

    /// Whose it is.
    package let userID: UserID
    /// What is kept of the passphrase.
    package let hash: PassphraseHash
    /// When it was set.
    package let setAt: Date
    /// The authenticator app; `nil` for a passphrase that is enough by itself.
    package let codes: CodeSetup?
}
