import SAML
import SAMLTesting
import Testing
import XMLSecurity

/// One thing wrong with an encrypted assertion in the right form, and how it must be refused.
struct EncryptionDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: ResponseRejection.Code
    let signing: ResponseDraft.Signing
    let apply: @Sendable (inout AssertionEncryption) throws -> Void

    init(
        _ testDescription: String,
        _ code: ResponseRejection.Code,
        signing: ResponseDraft.Signing = .assertion,
        _ apply: @escaping @Sendable (inout AssertionEncryption) throws -> Void
    ) {
        self.testDescription = testDescription
        self.code = code
        self.signing = signing
        self.apply = apply
    }

    static let all = ciphertexts + documents + algorithms + plaintexts + forgeries

    /// saml-security E05: a ciphertext that somebody changed.
    static let ciphertexts: [EncryptionDefect] = [
        EncryptionDefect("another's key", .decryptionFailed) {
            $0.recipient = try EncryptedExchange.others()[0].certificate
        },
        EncryptionDefect("another's key of another length", .decryptionFailed) {
            $0.recipient = try EncryptedExchange.others()[1].certificate
        },
        EncryptionDefect("a bit of the key", .decryptionFailed) { $0.alterKey = { flipped($0, 100) } },
        EncryptionDefect("a key too short", .decryptionFailed) { $0.alterKey = { $0.dropLast() } },
        EncryptionDefect("a key too long", .decryptionFailed) { $0.alterKey = { [0] + $0 } },
        EncryptionDefect("a key of zeros", .decryptionFailed) { $0.alterKey = { $0.map { _ in 0 } } },
        EncryptionDefect("a key above the modulus", .decryptionFailed) { $0.alterKey = { $0.map { _ in 0xFF } } },
        EncryptionDefect("a bit of the nonce", .decryptionFailed) { $0.alterContent = { flipped($0, 0) } },
        EncryptionDefect("a bit of the content", .decryptionFailed) { $0.alterContent = { flipped($0, 40) } },
        EncryptionDefect("a bit of the tag", .decryptionFailed) { $0.alterContent = { flipped($0, $0.count - 1) } },
        EncryptionDefect("a tag of 15 octets", .decryptionFailed) { $0.alterContent = { $0.dropLast() } },
        EncryptionDefect("a tag of 12 octets", .decryptionFailed) { $0.alterContent = { $0.dropLast(4) } },
        EncryptionDefect("a tag of one octet", .decryptionFailed) { $0.alterContent = { $0.dropLast(15) } },
        EncryptionDefect("no tag", .decryptionFailed) { $0.alterContent = { $0.dropLast(16) } },
        EncryptionDefect("a tag behind the tag", .decryptionFailed) { $0.alterContent = { $0 + $0.suffix(16) } },
        EncryptionDefect("nonce and tag alone", .decryptionFailed) { $0.alterContent = { Array($0.prefix(28)) } },
        EncryptionDefect("one octet", .decryptionFailed) { $0.alterContent = { Array($0.prefix(1)) } },
        EncryptionDefect("a changed ciphertext in a signed Response", .decryptionFailed, signing: .response) {
            $0.alterContent = { flipped($0, 40) }
        },
    ]

    /// Documents that no reader of ciphertexts gets to see.
    private static let documents: [EncryptionDefect] = [
        EncryptionDefect("a comment in the ciphertext", .xmlInvalid) {
            $0.replace("<xenc:CipherValue>", with: "<xenc:CipherValue><!-- x -->")
        },
        EncryptionDefect("a key with the data's identifier", .xmlInvalid) {
            $0.replace("Id=\"_key\"", with: "Id=\"_data\"")
        },
    ]

    /// saml-security E01 and E04: algorithms that are not on the list.
    static let algorithms: [EncryptionDefect] = [
        EncryptionDefect("PKCS #1 v1.5", .decryptionFailed) { $0.transport = .pkcs1 },
        EncryptionDefect("PKCS #1 v1.5 in a signed Response", .decryptionFailed, signing: .both) {
            $0.transport = .pkcs1
        },
        .method("PKCS #1 v1.5 named alone", "rsa-oaep-mgf1p", "rsa-1_5"),
        .method("AES key wrap", "rsa-oaep-mgf1p", "kw-aes256"),
        .method("no transport of XML Encryption", "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "x"),
        EncryptionDefect("OAEP with SHA-512", .decryptionFailed) { $0.transport = .oaepMGF1P(digest: .sha512) },
        EncryptionDefect("OAEP 1.1 with SHA-384", .decryptionFailed) {
            $0.transport = .oaep(digest: .sha384, mask: .sha256)
        },
        .method(
            "OAEP with MD5",
            "http://www.w3.org/2000/09/xmldsig#sha1",
            "http://www.w3.org/2001/04/xmldsig-more#md5"
        ),
        .method("OAEP with another digest than was used", "xmldsig#sha1", "xmldsig#sha256"),
        EncryptionDefect("OAEP with another digest of the list than was used", .decryptionFailed) {
            $0.replace("http://www.w3.org/2000/09/xmldsig#sha1", with: DigestAlgorithm.sha256.rawValue)
        },
        EncryptionDefect("OAEP 1.1 with another mask than was used", .decryptionFailed) {
            $0.transport = .oaep(digest: .sha256, mask: .sha256)
            $0.replace("mgf1sha256", with: "mgf1sha1")
        },
        EncryptionDefect("OAEP 1.1 with a mask of SHA-512", .decryptionFailed) {
            $0.transport = .oaep(digest: .sha256, mask: .sha512)
        },
        EncryptionDefect("OAEP 1.0 with a mask", .decryptionFailed) {
            $0.transport = .oaep(digest: .sha256, mask: .sha256)
            $0.replace("http://www.w3.org/2009/xmlenc11#rsa-oaep", with: KeyTransportName.mgf1p)
        },
        .method("triple DES", "http://www.w3.org/2009/xmlenc11#aes256-gcm", KeyTransportName.tripleDES),
        .method("no cipher of XML Encryption", "http://www.w3.org/2009/xmlenc11#aes256-gcm", "x"),
        .method("a cipher with a longer key", "aes256-gcm", "aes128-gcm"),
        .method("the cipher's name in another case", "aes256-gcm", "AES256-GCM"),
        .method("another mode than was used", "http://www.w3.org/2009/xmlenc11#aes256-gcm", KeyTransportName.cbc),
    ]

    private static func method(_ testDescription: String, _ text: String, _ replacement: String) -> EncryptionDefect {
        EncryptionDefect(testDescription, .decryptionFailed) { $0.replace(text, with: replacement) }
    }
}

private enum KeyTransportName {
    static let mgf1p = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
    static let tripleDES = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc"
    static let cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
}

private func flipped(_ octets: [UInt8], _ index: Int) -> [UInt8] {
    var octets = octets
    octets[index] ^= 1
    return octets
}
