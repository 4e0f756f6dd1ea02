import XMLSecurity

/// Writes an EncryptedAssertion, with the prefixes `saml`, `xenc`, `xenc11` and `ds`.
struct EncryptedAssertionWriter {
    let content: [UInt8]
    let key: [UInt8]
    let options: AssertionEncryption

    func write() -> String {
        var writer = XMLWriter()
        writer.element(
            "saml:EncryptedAssertion",
            [
                "xmlns:saml": "urn:oasis:names:tc:SAML:2.0:assertion",
                "xmlns:xenc": "http://www.w3.org/2001/04/xmlenc#",
                "xmlns:xenc11": "http://www.w3.org/2009/xmlenc11#",
                "xmlns:ds": "http://www.w3.org/2000/09/xmldsig#",
            ]
        ) { writer in
            writer.element(
                "xenc:EncryptedData",
                ["Id": "_data", "Type": "http://www.w3.org/2001/04/xmlenc#Element"]
            ) { writer in
                writer.element("xenc:EncryptionMethod", ["Algorithm": self.options.content.rawValue])
                switch self.options.placement {
                case .keyInfo: writer.element("ds:KeyInfo") { self.writeKey(to: &$0) }
                case .retrievalMethod: writer.element("ds:KeyInfo") { self.writeRetrievalMethod(to: &$0) }
                case .sibling: break
                }
                Self.write(self.content, to: &writer)
            }
            switch self.options.placement {
            case .keyInfo: break
            case .retrievalMethod, .sibling: self.writeKey(to: &writer)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func writeRetrievalMethod(to writer: inout XMLWriter) {
        writer.element(
            "ds:RetrievalMethod",
            ["Type": "http://www.w3.org/2001/04/xmlenc#EncryptedKey", "URI": "#_key"]
        )
    }

    private func writeKey(to writer: inout XMLWriter) {
        writer.element("xenc:EncryptedKey", ["Id": "_key"]) { writer in
            writer.element("xenc:EncryptionMethod", ["Algorithm": self.options.transport.method]) { writer in
                if let digest = self.options.transport.digest {
                    writer.element("ds:DigestMethod", ["Algorithm": digest.rawValue])
                }
                if let mask = self.options.transport.mask {
                    writer.element("xenc11:MGF", ["Algorithm": "http://www.w3.org/2009/xmlenc11#mgf1\(mask)"])
                }
            }
            Self.write(self.key, to: &writer)
            if self.options.placement == .retrievalMethod {
                writer.element("xenc:ReferenceList") { $0.element("xenc:DataReference", ["URI": "#_data"]) }
            }
        }
    }

    private static func write(_ ciphertext: [UInt8], to writer: inout XMLWriter) {
        writer.element("xenc:CipherData") { writer in
            writer.element("xenc:CipherValue") { $0.text(StrictBase64.encode(ciphertext)) }
        }
    }
}
