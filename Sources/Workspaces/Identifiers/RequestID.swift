/// The identifier of one HTTP request, which stands in logs, in `X-Request-Id` and on error pages.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as it is written in headers and logs.
    package let value: String

    /// Takes an identifier from a proxy in front of Portico; whether that proxy is trusted is the caller's question.
    ///
    /// - Returns: `nil` unless the text has 1 to 128 characters of `[A-Za-z0-9._:+/=@-]`.
    package init?(_ value: String) {
        guard (1...128).contains(value.utf8.count) else { return nil }
        let punctuation = Array("._:+/=@-".utf8)
        guard value.utf8.allSatisfy({ $0.isASCIIAlphanumeric || punctuation.contains($0) }) else { return nil }
        self.value = value
    }

    private init(unchecked value: String) {
        self.value = value
    }

    /// Makes a new identifier of 16 characters from 80 random bits, short enough to be read out on the telephone.
    package static func random() -> RequestID {
        var generator = SystemRandomNumberGenerator()
        return Self.random(using: &generator)
    }

    /// Makes a new identifier of 16 characters from 80 bits of the generator.
    ///
    /// The alphabet is Crockford's base 32, without letters that look like digits.
    package static func random(using generator: inout some RandomNumberGenerator) -> RequestID {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let characters = (0..<16).map { _ in alphabet[Int.random(in: 0..<32, using: &generator)] }
        return RequestID(unchecked: String(decoding: characters, as: UTF8.self))
    }

    package var description: String { self.value }
}
