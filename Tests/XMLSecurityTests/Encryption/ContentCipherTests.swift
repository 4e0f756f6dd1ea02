import Testing

@testable import XMLSecurity

@Suite("Content ciphers")
struct ContentCipherTests {
    /// Test cases 2, 8 and 14 of McGrew and Viega, "The Galois/Counter Mode of Operation": key, nonce and text are zero.
    private static let vectors: [(ContentAlgorithm, String)] = [
        (.aes128GCM, "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf"),
        (.aes192GCM, "98e7247c07f0fe411c267e4384b0f6002ff58d80033927ab8ef4d4587514f0fb"),
        (.aes256GCM, "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    ]

    /// The block of zeros under AES with a key of zeros (FIPS 197).
    private static let blocks: [(ContentAlgorithm, String)] = [
        (.aes128CBC, "66e94bd4ef8a2c3b884cfa59ca342b2e"),
        (.aes192CBC, "aae06992acbf52a3e8f4a96ec9300bd7"),
        (.aes256CBC, "dc95c078a2408989ad48a21492842087"),
    ]

    private func octets(_ hexadecimal: String) -> [UInt8] {
        stride(from: 0, to: hexadecimal.utf8.count, by: 2)
            .compactMap { UInt8(hexadecimal.dropFirst($0).prefix(2), radix: 16) }
    }

    private func cipher(_ algorithm: ContentAlgorithm) -> ContentCipher {
        ContentCipher(algorithm: algorithm, key: [UInt8](repeating: 0, count: algorithm.keyByteCount))
    }

    @Test(arguments: vectors)
    func readsTheVectorsOfGCM(_ algorithm: ContentAlgorithm, _ hexadecimal: String) {
        let ciphertext = [UInt8](repeating: 0, count: 12) + self.octets(hexadecimal)
        #expect(self.cipher(algorithm).decrypt(ciphertext) == [UInt8](repeating: 0, count: 16))
    }

    @Test(arguments: vectors)
    func refusesEveryChangedBitAndEveryShorterTag(_ algorithm: ContentAlgorithm, _ hexadecimal: String) {
        let ciphertext = [UInt8](repeating: 0, count: 12) + self.octets(hexadecimal)
        for index in ciphertext.indices {
            var changed = ciphertext
            changed[index] ^= 1
            #expect(self.cipher(algorithm).decrypt(changed) == nil)
            #expect(self.cipher(algorithm).decrypt(Array(ciphertext[..<index])) == nil)
        }
        #expect(self.cipher(algorithm).decrypt(ciphertext + [0]) == nil)
    }

    /// The plaintext of the one block is the vector itself, so that every padding can be made.
    @Test(arguments: blocks)
    func readsThePaddingOfXMLEncryption(_ algorithm: ContentAlgorithm, _ hexadecimal: String) {
        let block = self.octets(hexadecimal)
        for padding in UInt8.min...UInt8.max {
            let vector = Array(UInt8(65)..<80) + [padding]
            let expected = (1...16).contains(padding) ? Array(vector.dropLast(Int(padding))) : nil
            #expect(self.cipher(algorithm).decrypt(vector + block) == expected)
        }
    }

    @Test(arguments: blocks)
    func refusesWhatIsNotWholeBlocks(_ algorithm: ContentAlgorithm, _ hexadecimal: String) {
        let ciphertext = [UInt8](repeating: 1, count: 16) + self.octets(hexadecimal)
        for count in 0..<32 {
            #expect(self.cipher(algorithm).decrypt(Array(ciphertext.prefix(count))) == nil)
        }
        #expect(self.cipher(algorithm).decrypt(ciphertext + [1]) == nil)
        #expect(self.cipher(algorithm).decrypt(ciphertext) != nil)
    }

    @Test(arguments: ContentAlgorithm.allCases)
    func refusesAKeyOfAnotherLength(_ algorithm: ContentAlgorithm) {
        for count in [0, 8, 16, 24, 32, 64] where count != algorithm.keyByteCount {
            let cipher = ContentCipher(algorithm: algorithm, key: [UInt8](repeating: 0, count: count))
            #expect(cipher.decrypt([UInt8](repeating: 0, count: 64)) == nil)
        }
    }
}
