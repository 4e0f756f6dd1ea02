import CXMLSec

/// Decrypts content as XML Encryption lays it out; whatever goes wrong is nil, for one reason or another.
struct ContentCipher {
    let algorithm: ContentAlgorithm
    let key: [UInt8]

    /// The octets behind a nonce or initialization vector.
    func decrypt(_ ciphertext: [UInt8]) -> [UInt8]? {
        guard self.key.count == self.algorithm.keyByteCount else { return nil }
        return self.algorithm.protectsContent ? self.decryptGCM(ciphertext) : self.decryptCBC(ciphertext)
    }

    /// XML Encryption 1.1, 5.2.4: 96 bits of nonce, the ciphertext, and a tag of 128 bits, never fewer
    /// (`saml-security` E05).
    private func decryptGCM(_ ciphertext: [UInt8]) -> [UInt8]? {
        guard ciphertext.count > 12 + 16 else { return nil }
        var tag = Array(ciphertext.suffix(16))
        return unsafe self.run(nonce: Array(ciphertext.prefix(12)), Array(ciphertext.dropFirst(12).dropLast(16))) {
            context in
            unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag) == 1
        }
    }

    /// XML Encryption 1.1, 5.2.1: the last octet says how many octets of the last block are padding, and the others of
    /// them may be anything, so that the padding of TLS and PKCS #7 is not what is looked for.
    private func decryptCBC(_ ciphertext: [UInt8]) -> [UInt8]? {
        guard ciphertext.count >= 32, ciphertext.count.isMultiple(of: 16) else { return nil }
        let plaintext = unsafe self.run(nonce: Array(ciphertext.prefix(16)), Array(ciphertext.dropFirst(16))) {
            context in
            unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1
        }
        guard let plaintext, let padding = plaintext.last, (1...16).contains(padding) else { return nil }
        return plaintext.dropLast(Int(padding))
    }

    /// Runs OpenSSL's cipher; nothing comes out before the end of it was reached and found right.
    private func run(nonce: [UInt8], _ input: [UInt8], prepare: (OpaquePointer) -> Bool) -> [UInt8]? {
        guard let context = unsafe EVP_CIPHER_CTX_new(), let inputCount = Int32(exactly: input.count) else {
            return nil
        }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var output = [UInt8](repeating: 0, count: input.count + 16)
        var count: Int32 = 0
        var rest: Int32 = 0
        let isDone = unsafe output.withUnsafeMutableBufferPointer { output in
            guard
                let start = output.baseAddress,
                unsafe EVP_DecryptInit_ex(context, self.algorithm.cipher, nil, self.key, nonce) == 1,
                unsafe prepare(context),
                unsafe EVP_DecryptUpdate(context, start, &count, input, inputCount) == 1
            else { return false }
            return unsafe EVP_DecryptFinal_ex(context, start + Int(count), &rest) == 1
        }
        guard isDone else { return nil }
        return Array(output.prefix(Int(count) + Int(rest)))
    }
}
