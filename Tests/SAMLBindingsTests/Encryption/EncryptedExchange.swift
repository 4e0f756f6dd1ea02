import SAMLTesting

/// The service provider's side of an exchange with encrypted assertions: a key, its certificate, and others.
enum EncryptedExchange {
    /// Keys are made once: RSA takes a while.
    private static let shared = Result { try [2048, 2048, 3072].map { try EncryptionRecipient(bits: $0) } }

    /// The service provider whose certificate is in the metadata.
    static func recipient() throws -> EncryptionRecipient { try self.shared.get()[0] }

    /// Others, to be confused with it: one of the same size, and a longer one.
    static func others() throws -> [EncryptionRecipient] { Array(try self.shared.get().dropFirst()) }

    /// An exchange in which the service provider has its key.
    static func make() throws -> Exchange {
        var exchange = try Exchange()
        exchange.decryptionKeys = [try self.recipient().key]
        return exchange
    }
}
