import Mustache

/// Escapes text for HTML, character reference by character reference, in elements and in quoted attributes.
///
/// It replaces swift-mustache's own escaping, which compares grapheme clusters: a quotation mark followed by a combining
/// accent is one cluster, would pass as it is and end the attribute that it stands in.
struct HTMLEscaping: MustacheContentType {
    /// The name by which templates ask for it; a template that asks for an unknown name does not parse.
    static let name = "PORTICO_HTML"

    func escapeText(_ text: String) -> String {
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
