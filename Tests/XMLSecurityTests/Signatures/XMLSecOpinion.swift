import CXMLSec

@testable import XMLSecurity

/// What xmlsec1 says of an element's own signature: another implementation of what ``SignatureVerifier`` does.
enum XMLSecOpinion {
    /// The bytes that xmlsec1 digested, when it finds that the certificate's key made the signature; nil otherwise.
    static func digestedBytes(of element: XMLElement, certificate: SigningCertificate) throws -> [UInt8]? {
        let root = try XMLDocument.parse(element.tree.bytes, limits: element.tree.limits).root
        let identifier = element.attribute("ID") ?? ""
        guard let target = self.element(identifier, in: root),
            let signature = target.firstChild(named: SignaturePart.signature.name),
            unsafe XMLIdentifier.register(identifier, of: target.node, in: target.tree),
            let context = unsafe xmlSecDSigCtxCreate(nil)
        else { throw SignatureRejection.libraryFailure }
        defer { unsafe xmlSecDSigCtxDestroy(context) }
        let pem = Array(certificate.pem.utf8)
        unsafe context.pointee.signKey = unsafe xmlSecOpenSSLAppKeyLoadMemory(
            pem,
            UInt32(pem.count),
            xmlSecKeyDataFormatCertPem,
            nil,
            nil,
            nil
        )
        unsafe context.pointee.flags = UInt32(XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES)
        guard unsafe context.pointee.signKey != nil,
            unsafe xmlSecDSigCtxVerify(context, signature.node) == 0,
            unsafe context.pointee.status == xmlSecDSigStatusSucceeded,
            let item = unsafe xmlSecPtrListGetItem(&context.pointee.signedInfoReferences, 0),
            let buffer = unsafe xmlSecDSigReferenceCtxGetPreDigestBuffer(
                item.assumingMemoryBound(to: xmlSecDSigReferenceCtx.self)
            ),
            let bytes = unsafe xmlSecBufferGetData(buffer)
        else { return nil }
        return withExtendedLifetime(target) {
            unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(xmlSecBufferGetSize(buffer))))
        }
    }

    private static func element(_ identifier: String, in element: XMLElement) -> XMLElement? {
        if element.attribute("ID") == identifier { return element }
        return element.childElements.lazy.compactMap { self.element(identifier, in: $0) }.first
    }
}
