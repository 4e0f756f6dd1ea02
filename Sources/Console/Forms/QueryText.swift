/// Text inside the query of a link.
enum QueryText {
    /// Escapes everything but letters and digits of ASCII, as a form does.
    static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8
            .map { byte in
                let character = Character(Unicode.Scalar(byte))
                return character.isASCII && (character.isLetter || character.isNumber)
                    ? String(character) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
            .joined()
    }

    /// Puts pairs together behind a path; those without a value are left out.
    static func link(_ path: String, _ pairs: [(name: String, value: String?)]) -> String {
        let texts = pairs.compactMap { pair in
            pair.value.flatMap { $0.isEmpty ? nil : "\(pair.name)=\(Self.escaped($0))" }
        }
        return texts.isEmpty ? path : path + "?" + texts.joined(separator: "&")
    }
}
