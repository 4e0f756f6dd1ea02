internal import Foundation

/// The conversion of domain names to A-labels (RFC 5891, 4.4), done by the Unicode library that Foundation carries.
///
/// Foundation offers it only as the parser of URLs, so a name is put into a URL and the host is read back. Characters
/// that mean something in a URL never get there.
enum InternationalDomainName {
    /// Returns the name in lower case and ASCII.
    ///
    /// - Returns: `nil` when the name has no such form, or holds an ASCII character that no host name has.
    static func aLabels(of name: String) -> String? {
        let isHostNameByte = { (byte: UInt8) in
            byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        if name.utf8.allSatisfy(isHostNameByte) { return name.lowercased() }
        guard name.utf8.allSatisfy({ $0 >= 0x80 || isHostNameByte($0) }) else { return nil }
        // RFC 5892 allows letters, marks and digits; a registrar gives nobody a name with a symbol that looks like `/`.
        guard name.unicodeScalars.allSatisfy({ $0.isASCII || Self.isLetterMarkOrDigit($0) }) else { return nil }
        guard let host = URLComponents(string: "http://\(name)/")?.encodedHost else { return nil }
        return host.utf8.allSatisfy(isHostNameByte) ? host.lowercased() : nil
    }

    private static func isLetterMarkOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber:
            true
        case _:
            false
        }
    }
}
