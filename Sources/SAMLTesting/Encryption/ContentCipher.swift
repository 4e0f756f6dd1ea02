import CXMLSec

/// A cipher for an assertion.
package enum ContentCipher: String, Hashable, Sendable, CaseIterable {
    /// AES-128 in Galois/counter mode.
    case aes128GCM = "http://www.w3.org/2009/xmlenc11#aes128-gcm"
    /// AES-192 in Galois/counter mode.
    case aes192GCM = "http://www.w3.org/2009/xmlenc11#aes192-gcm"
    /// AES-256 in Galois/counter mode.
    case aes256GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
    /// AES-128 in cipher block chaining.
    case aes128CBC = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    /// AES-192 in cipher block chaining.
    case aes192CBC = "http://www.w3.org/2001/04/xmlenc#aes192-cbc"
    /// AES-256 in cipher block chaining.
    case aes256CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"

    /// Whether the cipher notices a change.
    package var protectsContent: Bool {
        switch self {
        case .aes128GCM, .aes192GCM, .aes256GCM: true
        case .aes128CBC, .aes192CBC, .aes256CBC: false
        }
    }

    /// The length of the key in bytes.
    var keyByteCount: Int {
        switch self {
        case .aes128GCM, .aes128CBC: 16
        case .aes192GCM, .aes192CBC: 24
        case .aes256GCM, .aes256CBC: 32
        }
    }

    /// A nonce, the ciphertext, and the tag where there is one.
    func encrypt(_ plaintext: [UInt8], key: [UInt8]) throws(SAMLTestingFailure) -> [UInt8] {
        let nonce = try RandomOctets.make(count: self.protectsContent ? 12 : 16)
        guard let context = EVP_CIPHER_CTX_new() else { throw .cannotEncrypt(self.rawValue) }
        defer { EVP_CIPHER_CTX_free(context) }
        let input = self.protectsContent ? plaintext : Self.padded(plaintext)
        var output = [UInt8](repeating: 0, count: input.count + 16)
        var tag = [UInt8](repeating: 0, count: 16)
        var count: Int32 = 0
        var rest: Int32 = 0
        guard
            EVP_EncryptInit_ex(context, self.cipher, nil, key, nonce) == 1,
            EVP_CIPHER_CTX_set_padding(context, 0) == 1,
            EVP_EncryptUpdate(context, &output, &count, input, Int32(input.count)) == 1,
            Int(count) == input.count,
            EVP_EncryptFinal_ex(context, &tag, &rest) == 1, rest == 0
        else { throw .cannotEncrypt(self.rawValue) }
        let ciphertext = nonce + output.prefix(Int(count))
        guard self.protectsContent else { return ciphertext }
        guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag) == 1 else {
            throw .cannotEncrypt(self.rawValue)
        }
        return ciphertext + tag
    }

    /// XML Encryption's padding: only its last octet means something.
    private static func padded(_ plaintext: [UInt8]) -> [UInt8] {
        let count = 16 - plaintext.count % 16
        return plaintext + [UInt8](repeating: 0xA5, count: count - 1) + [UInt8(count)]
    }

    private var cipher: OpaquePointer? {
        switch self {
        case .aes128GCM: EVP_aes_128_gcm()
        case .aes192GCM: EVP_aes_192_gcm()
        case .aes256GCM: EVP_aes_256_gcm()
        case .aes128CBC: EVP_aes_128_cbc()
        case .aes192CBC: EVP_aes_192_cbc()
        case .aes256CBC: EVP_aes_256_cbc()
        }
    }
}
