import Storage

/// The rotation of one kind of keys.
protocol KeyRotating: Sendable {
    /// Asks whether it is possible now.
    func check() async throws

    /// Makes new keys and writes them, encrypted under the first of the secret keys.
    func rotate(with secrets: SecretKeyring) async throws
}
