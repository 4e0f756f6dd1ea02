/// Recognizes by its beginning what people give instead of metadata, for which the XML parser has only general words.
enum MetadataLookalike {
    private static let whitespace: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Throws the rejection that names what this is; returns for everything that may be XML.
    static func refuse(_ bytes: [UInt8]) throws(MetadataRejection) {
        let unmarked = bytes.starts(with: self.byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        let content = unmarked.drop { self.whitespace.contains($0) }
        let beginning = String(decoding: content.prefix(16), as: UTF8.self).lowercased()
        if beginning.hasPrefix("<!doctype html") || beginning.hasPrefix("<html") { throw .webPageInstead }
        if beginning.hasPrefix("{") || beginning.hasPrefix("[") { throw .jsonInstead }
        // DER in base64 begins so: a SEQUENCE of more than 255 bytes.
        if beginning.hasPrefix("-----begin") || beginning.hasPrefix("mii") { throw .certificateInstead }
    }
}
