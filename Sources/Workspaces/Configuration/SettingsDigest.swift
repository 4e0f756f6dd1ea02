internal import Crypto

/// A digest of settings, by which a form says which version of them it was filled from.
enum SettingsDigest {
    /// The digest in hexadecimal digits.
    static func text(of values: [(field: String, value: String)]) -> String {
        var hash = SHA256()
        for (field, value) in values {
            // With the lengths, no two lists are the same bytes.
            hash.update(data: Array("\(field) \(value.utf8.count) \(value)\n".utf8))
        }
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
