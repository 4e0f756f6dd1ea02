/// Text within HTML.
package enum HTMLText {
    /// Escapes text for elements and for quoted attributes, byte by byte.
    ///
    /// Swift and swift-mustache compare grapheme clusters: there a quotation mark followed by a combining accent is one
    /// cluster, would pass as it is and end the attribute that it stands in.
    package static func escaped(_ text: String) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            case _: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
