import CXMLSec

/// A content cipher of XML Encryption that is accepted.
enum ContentAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// AES with 128 bits in Galois/counter mode.
    case aes128GCM = "http://www.w3.org/2009/xmlenc11#aes128-gcm"
    /// AES with 192 bits in Galois/counter mode.
    case aes192GCM = "http://www.w3.org/2009/xmlenc11#aes192-gcm"
    /// AES with 256 bits in Galois/counter mode.
    case aes256GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
    /// AES with 128 bits in cipher block chaining.
    case aes128CBC = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    /// AES with 192 bits in cipher block chaining.
    case aes192CBC = "http://www.w3.org/2001/04/xmlenc#aes192-cbc"
    /// AES with 256 bits in cipher block chaining.
    case aes256CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"

    /// The length of the content's key in bytes.
    var keyByteCount: Int {
        switch self {
        case .aes128GCM, .aes128CBC: 16
        case .aes192GCM, .aes192CBC: 24
        case .aes256GCM, .aes256CBC: 32
        }
    }

    /// Whether the cipher notices that its content was changed.
    var protectsContent: Bool {
        switch self {
        case .aes128GCM, .aes192GCM, .aes256GCM: true
        case .aes128CBC, .aes192CBC, .aes256CBC: false
        }
    }

    /// OpenSSL's implementation.
    var cipher: OpaquePointer? {
        switch self {
        case .aes128GCM: unsafe EVP_aes_128_gcm()
        case .aes192GCM: unsafe EVP_aes_192_gcm()
        case .aes256GCM: unsafe EVP_aes_256_gcm()
        case .aes128CBC: unsafe EVP_aes_128_cbc()
        case .aes192CBC: unsafe EVP_aes_192_cbc()
        case .aes256CBC: unsafe EVP_aes_256_cbc()
        }
    }
}
