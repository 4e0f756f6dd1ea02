/// Classes of ASCII bytes that names are made of.
///
/// The properties of `Character` follow Unicode, in which full-width letters are letters too.
extension UInt8 {
    /// Whether the byte is one of `A-Z`.
    var isASCIIUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    /// Whether the byte is one of `0-9`.
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Whether the byte is one of `A-Z`, `a-z`, `0-9`.
    var isASCIIAlphanumeric: Bool {
        self.isASCIIUppercase || self.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
    }
}
