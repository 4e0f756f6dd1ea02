/// What the form of a sign-in with a passphrase has proved.
package enum LocalSignInProof: Hashable, Sendable {
    /// The person has no passphrase.
    case noPassphrase
    /// The passphrase is another one.
    case passphraseWrong
    /// The passphrase is right, and the code of the authenticator app is not, or it is not readable here.
    case codeWrong
    /// The passphrase is right, and the code was used before.
    case codeUsed
    /// The passphrase is right, and so is the code where one is wanted.
    case complete
}
