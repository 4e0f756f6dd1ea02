/// Whether a workspace accepts an assertion that is not encrypted.
package enum EncryptionPolicy: Hashable, Sendable {
    /// Both are accepted.
    case optional
    /// The assertion must be encrypted.
    case required
}
