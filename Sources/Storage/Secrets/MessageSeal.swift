/// The authentication code of a message that is no secret, as it is stored.
package struct MessageSeal: Hashable, Sendable {
    /// Which secret key it is of.
    package let secretKeyID: String
    /// The code: 32 bytes of HMAC-SHA-256; none for what is not authenticated.
    package let bytes: [UInt8]

    /// Takes the columns of a row.
    package init(secretKeyID: String, bytes: [UInt8]) {
        self.secretKeyID = secretKeyID
        self.bytes = bytes
    }
}
