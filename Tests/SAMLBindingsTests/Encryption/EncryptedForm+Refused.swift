import SAMLTesting

private let anyKey =
    "<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/>"
    + "<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>"
private let anyData =
    "<xenc:EncryptedData><xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/>"
    + "<ds:KeyInfo>\(anyKey)</ds:KeyInfo>"
    + "<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>"
private let reference = "<xenc:CipherReference URI=\"http://127.0.0.1:1/x\"/>"
private let keyMethodEnd = "</xenc:EncryptionMethod>"
private let dataEnd = "</xenc:EncryptedData>"
private let keyEnd = "</xenc:EncryptedKey>"
private let keyInfo = "<ds:KeyInfo><xenc:EncryptedKey"
private let retrieval = "URI=\"#_key\"/>"

extension EncryptedForm {
    /// saml-security E06 and E07: what is not the one form, refused before a key is looked for.
    static let refused: [EncryptedForm] = [
        .edit("an identifier on the container", "<saml:EncryptedAssertion ", "<saml:EncryptedAssertion ID=\"_x\" "),
        .edit("two data", "<xenc:EncryptedData ", anyData + "<xenc:EncryptedData "),
        .edit("two data, the other behind", dataEnd, dataEnd + anyData),
        .edit("text beside the data", dataEnd, dataEnd + "x"),
        .edit("an assertion beside the data", dataEnd, dataEnd + "<saml:Assertion/>"),
        .edit("two keys in one KeyInfo", keyEnd, keyEnd + anyKey),
        .edit("two KeyInfo", "</ds:KeyInfo>", "</ds:KeyInfo><ds:KeyInfo>\(anyKey)</ds:KeyInfo>"),
        .edit("a key inside and one beside", dataEnd, dataEnd + anyKey),
        .edit("two keys beside", dataEnd, dataEnd + anyKey, placement: .sibling),
        .edit("two keys beside, one named", dataEnd, dataEnd + anyKey, placement: .retrievalMethod),
        .edit("an empty KeyInfo", keyInfo, "<ds:KeyInfo/><ds:KeyInfo><xenc:EncryptedKey"),
        .edit("a KeyInfo without a key", keyInfo, "<ds:KeyInfo><ds:KeyName>x</ds:KeyName><xenc:EncryptedKey"),
        .edit("an agreement instead of a key", keyInfo, "<ds:KeyInfo><xenc:AgreementMethod/><xenc:EncryptedKey"),
        .edit("a derived key", keyInfo, "<ds:KeyInfo><xenc11:DerivedKey/><xenc:EncryptedKey"),
        .edit("a key in the key's KeyInfo", keyMethodEnd, keyMethodEnd + "<ds:KeyInfo>\(anyKey)</ds:KeyInfo>"),
        .edit(
            "a retrieval in the key's KeyInfo",
            keyMethodEnd,
            keyMethodEnd + "<ds:KeyInfo><ds:RetrievalMethod URI=\"http://127.0.0.1:1/x\"/></ds:KeyInfo>"
        ),
        .edit(
            "a retrieval deep in the key's KeyInfo",
            keyMethodEnd,
            keyMethodEnd + "<ds:KeyInfo><ds:X509Data><ds:RetrievalMethod URI=\"#_x\"/></ds:X509Data></ds:KeyInfo>"
        ),
        .edit(
            "a key deep in the key's KeyInfo",
            keyMethodEnd,
            keyMethodEnd + "<ds:KeyInfo><ds:X509Data>\(anyKey)</ds:X509Data></ds:KeyInfo>"
        ),
        .edit("the key is fetched", "<xenc:CipherValue>", "\(reference)<xenc:CipherValue>"),
        .edit(
            "the content is fetched",
            "</ds:KeyInfo><xenc:CipherData>",
            "</ds:KeyInfo><xenc:CipherData>\(reference)</xenc:CipherData><xenc:CipherData>"
        ),
        .edit(
            "the content is fetched and transformed",
            "</ds:KeyInfo><xenc:CipherData>",
            "</ds:KeyInfo><xenc:CipherData><xenc:CipherReference URI=\"\"><xenc:Transforms>"
                + "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/></xenc:Transforms>"
                + "</xenc:CipherReference>"
        ),
        .edit("the retrieval is elsewhere", retrieval, "URI=\"http://127.0.0.1:1/x\"/>", placement: .retrievalMethod),
        .edit("the retrieval is of a file", retrieval, "URI=\"file:///etc/passwd\"/>", placement: .retrievalMethod),
        .edit("the retrieval is of the data", retrieval, "URI=\"#_data\"/>", placement: .retrievalMethod),
        .edit("the retrieval is of nothing", " " + retrieval, "/>", placement: .retrievalMethod),
        .edit("the retrieval is of everything", retrieval, "URI=\"\"/>", placement: .retrievalMethod),
        .edit(
            "the retrieval is an XPointer",
            retrieval,
            "URI=\"#xpointer(id('_key'))\"/>",
            placement: .retrievalMethod
        ),
        .edit(
            "the retrieval is transformed",
            retrieval,
            "URI=\"#_key\"><ds:Transforms/></ds:RetrievalMethod>",
            placement: .retrievalMethod
        ),
        .edit(
            "the retrieval is of something else",
            "Type=\"http://www.w3.org/2001/04/xmlenc#EncryptedKey\"",
            "Type=\"http://www.w3.org/2000/09/xmldsig#X509Data\"",
            placement: .retrievalMethod
        ),
        .edit(
            "two retrievals",
            retrieval,
            retrieval + "<ds:RetrievalMethod \(retrieval)",
            placement: .retrievalMethod
        ),
        .edit("the retrieved key has no identifier", " Id=\"_key\"", "", placement: .retrievalMethod),
        .edit("the key is for other data", references("#_data"), references("#_x"), placement: .retrievalMethod),
        .edit("the key is for data elsewhere", keyEnd, references("http://127.0.0.1:1/x") + keyEnd),
        .edit("the key is for data without identifier", " Id=\"_data\"", "", placement: .retrievalMethod),
        .edit(
            "the key is for two",
            "<xenc:ReferenceList>",
            "<xenc:ReferenceList><xenc:DataReference URI=\"#_data\"/>",
            placement: .retrievalMethod
        ),
        .edit(
            "the key is for a key",
            keyEnd,
            "<xenc:ReferenceList><xenc:KeyReference URI=\"#_data\"/></xenc:ReferenceList>" + keyEnd
        ),
        .edit("the key has a name for others", keyEnd, "<xenc:CarriedKeyName>x</xenc:CarriedKeyName>" + keyEnd),
        .edit("the key has properties", keyEnd, "<xenc:EncryptionProperties/>" + keyEnd),
        .edit("the data has properties", dataEnd, "<xenc:EncryptionProperties/>" + dataEnd),
        .edit("the data is content of an element", "xmlenc#Element", "xmlenc#Content"),
        .edit("the data has a media type", "<xenc:EncryptedData ", "<xenc:EncryptedData MimeType=\"text/xml\" "),
        .edit("the data has an encoding", "<xenc:EncryptedData ", "<xenc:EncryptedData Encoding=\"base64\" "),
        .edit("the key has a type", "<xenc:EncryptedKey ", "<xenc:EncryptedKey Type=\"x\" "),
        .edit("attributes of another namespace", "<xenc:EncryptedKey ", "<xenc:EncryptedKey ds:Id=\"x\" "),
        .edit("the data without a method", "aes256-gcm\"/>", "aes256-gcm\"/><xenc:EncryptionMethod Algorithm=\"x\"/>"),
        .edit(
            "the data's method with a size",
            "aes256-gcm\"/>",
            "aes256-gcm\"><xenc:KeySize/></xenc:EncryptionMethod>"
        ),
        .edit("the key's method with a size", keyMethodEnd, "<xenc:KeySize>256</xenc:KeySize>" + keyMethodEnd),
        .edit("the key's method with a label", keyMethodEnd, "<xenc:OAEPparams>AAAA</xenc:OAEPparams>" + keyMethodEnd),
        .edit("two digests", keyMethodEnd, "<ds:DigestMethod Algorithm=\"x\"/>" + keyMethodEnd),
        .edit("a digest without an algorithm", keyMethodEnd, "<xenc11:MGF/>" + keyMethodEnd),
        .edit("a method of another namespace", "<xenc:EncryptionMethod ", "<xenc11:EncryptionMethod "),
        .edit("a value that is not base64", "<xenc:CipherValue>", "<xenc:CipherValue>-"),
        .edit("a value with an element", "<xenc:CipherValue>", "<xenc:CipherValue><xenc:CipherValue/>"),
        .edit("a value with an attribute", "<xenc:CipherValue>", "<xenc:CipherValue Id=\"x\">"),
        EncryptedForm("an empty value of the key") { $0.alterKey = { _ in [] } },
        EncryptedForm("an empty value of the content") { $0.alterContent = { _ in [] } },
    ]
}
