/// An encrypted value as it is stored.
package struct SealedSecret: Hashable, Sendable {
    /// Which secret key encrypted it.
    package let secretKeyID: String
    /// Nonce, ciphertext and tag of AES-256-GCM.
    package let bytes: [UInt8]

    /// Takes the columns of a row.
    package init(secretKeyID: String, bytes: [UInt8]) {
        self.secretKeyID = secretKeyID
        self.bytes = bytes
    }
}
