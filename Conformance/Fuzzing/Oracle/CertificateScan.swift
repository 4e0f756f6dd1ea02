import SAML
import XMLSecurity

/// Finds the certificates in metadata by the names of the tags around them, without an XML parser: another reader than the
/// one that it judges.
///
/// It reads documents that the parser has accepted, so that tags match and quotes are closed. It knows no namespaces and
/// no references to characters: it may find more than there is, never less.
struct CertificateScan {
    private static let path = [
        "EntityDescriptor", "IDPSSODescriptor", "KeyDescriptor", "KeyInfo", "X509Data", "X509Certificate",
    ]

    private struct Tag {
        let name: String
        let text: String
    }

    private let document: [UInt8]
    private var open: [Tag] = []

    /// The certificates, in DER, inside an entity's role as an identity provider, those for encryption left out.
    static func signing(in document: [UInt8], entityID: EntityID) -> Set<[UInt8]> {
        var scan = CertificateScan(document: document)
        return Set(
            scan.texts(entityID: entityID).flatMap { text in ((try? SigningCertificate.parse(text)) ?? []).map(\.der) }
        )
    }

    private init(document: [UInt8]) {
        self.document = document
    }

    private mutating func texts(entityID: EntityID) -> [String] {
        var found: [String] = []
        var text: [UInt8] = []
        var index = 0
        while index < self.document.count {
            guard self.document[index] == UInt8(ascii: "<") else {
                text.append(self.document[index])
                index += 1
                continue
            }
            if self.starts("<!--", at: index) {
                index = self.end(of: "-->", from: index)
            } else if self.starts("<?", at: index) {
                index = self.end(of: "?>", from: index)
            } else if self.starts("</", at: index) {
                if self.isSigning(entityID) { found.append(String(decoding: text, as: UTF8.self)) }
                _ = self.open.popLast()
                index = self.end(of: ">", from: index)
            } else {
                index = self.openTag(from: index)
                text = []
            }
        }
        return found
    }

    private func isSigning(_ entityID: EntityID) -> Bool {
        let around = self.open.suffix(Self.path.count)
        guard around.map(\.name) == Self.path, let entity = around.first else { return false }
        let key = around[around.startIndex + 2]
        return entity.text.contains(entityID.value) && !key.text.contains("\"encryption\"")
            && !key.text.contains("'encryption'")
    }

    /// Reads a start tag and answers the index behind it.
    private mutating func openTag(from start: Int) -> Int {
        var index = start + 1
        var quote: UInt8?
        while index < self.document.count, quote != nil || self.document[index] != UInt8(ascii: ">") {
            switch (self.document[index], quote) {
            case (UInt8(ascii: "\""), nil), (UInt8(ascii: "'"), nil): quote = self.document[index]
            case (let byte, let opened?) where byte == opened: quote = nil
            case (_, _): break
            }
            index += 1
        }
        let tag = self.document[(start + 1)..<index]
        guard tag.last != UInt8(ascii: "/") else { return index + 1 }
        let name = String(decoding: tag.prefix { $0 > 0x20 }, as: UTF8.self)
        let local = name.split(separator: ":").last.map(String.init) ?? name
        self.open.append(Tag(name: local, text: String(decoding: tag, as: UTF8.self)))
        return index + 1
    }

    private func starts(_ text: String, at index: Int) -> Bool {
        self.document[index...].starts(with: text.utf8)
    }

    /// The index behind the next such text, or the end of the document.
    private func end(of text: String, from start: Int) -> Int {
        var index = start
        while index < self.document.count, !self.starts(text, at: index) { index += 1 }
        return min(self.document.count, index + text.utf8.count)
    }
}
