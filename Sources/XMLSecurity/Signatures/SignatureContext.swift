import CXMLSec

/// xmlsec1's context for one signature and one preset key; frees it.
@safe
struct SignatureContext: ~Copyable {
    private let pointer: xmlSecDSigCtxPtr

    /// What xmlsec1 found.
    enum Outcome {
        /// The signature is valid: the canonical SignedInfo, and the bytes that were digested.
        case verified(signedInfo: [UInt8], content: [UInt8])
        /// The digest is right but this key did not make the signature: the canonical SignedInfo.
        case otherKey(signedInfo: [UInt8])
    }

    private init(owning pointer: xmlSecDSigCtxPtr) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe xmlSecDSigCtxDestroy(self.pointer)
    }

    /// Makes a context that knows one key, same-document references and the four transforms of the shape.
    ///
    /// There is no keys manager: with one, and xmlsec1's defaults, a key inside KeyInfo would be trusted.
    static func make(shape: SignedInfoShape, key: PublicKey) throws(SignatureRejection) -> SignatureContext {
        guard let pointer = unsafe xmlSecDSigCtxCreate(nil) else { throw .libraryFailure }
        let context = unsafe SignatureContext(owning: pointer)
        unsafe pointer.pointee.flags = UInt32(
            XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES | XMLSEC_DSIG_FLAGS_STORE_SIGNATURE
                | XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS
        )
        unsafe pointer.pointee.enabledReferenceUris = xmlSecTransformUriType(xmlSecTransformUriTypeSameDocument)
        guard
            unsafe xmlSecDSigCtxEnableSignatureTransform(pointer, xmlSecTransformExclC14NGetKlass()) >= 0,
            unsafe xmlSecDSigCtxEnableSignatureTransform(pointer, shape.signatureAlgorithm.transform) >= 0,
            unsafe xmlSecDSigCtxEnableReferenceTransform(pointer, xmlSecTransformEnvelopedGetKlass()) >= 0,
            unsafe xmlSecDSigCtxEnableReferenceTransform(pointer, xmlSecTransformExclC14NGetKlass()) >= 0,
            unsafe xmlSecDSigCtxEnableReferenceTransform(pointer, shape.digestAlgorithm.transform) >= 0,
            let signKey = unsafe key.makeLibraryKey()
        else { throw .libraryFailure }
        unsafe pointer.pointee.signKey = unsafe signKey
        return context
    }

    /// Runs the verification; only the status `Succeeded` with exactly the reference asked for is a success.
    func verify(_ copy: SignatureWorkingCopy, shape: SignedInfoShape) throws(SignatureRejection) -> Outcome {
        let result = unsafe copy.withSignature { unsafe xmlSecDSigCtxVerify(self.pointer, $0) }
        guard
            unsafe xmlSecPtrListGetSize(&self.pointer.pointee.signedInfoReferences) == 1,
            unsafe xmlSecPtrListGetSize(&self.pointer.pointee.manifestReferences) == 0,
            let item = unsafe xmlSecPtrListGetItem(&self.pointer.pointee.signedInfoReferences, 0)
        else { throw .libraryFailure }
        let reference = unsafe item.assumingMemoryBound(to: xmlSecDSigReferenceCtx.self)
        guard unsafe reference.pointee.status == xmlSecDSigStatusSucceeded else {
            throw unsafe reference.pointee.status == xmlSecDSigStatusInvalid ? .digestMismatch : .libraryFailure
        }
        guard
            let uri = unsafe reference.pointee.uri,
            unsafe String(cString: uri).utf8.elementsEqual("#\(shape.identifier)".utf8),
            let method = unsafe self.pointer.pointee.signMethod,
            unsafe method.pointee.id == shape.signatureAlgorithm.transform,
            let digest = unsafe reference.pointee.digestMethod,
            unsafe digest.pointee.id == shape.digestAlgorithm.transform
        else { throw .verifiedSomethingElse }
        let signedInfo = unsafe Self.bytes(xmlSecDSigCtxGetPreSignBuffer(self.pointer))
        // Zero alone does not mean valid: it means that the verification came to an end.
        guard result == 0, unsafe self.pointer.pointee.status == xmlSecDSigStatusSucceeded else {
            guard !signedInfo.isEmpty else { throw .libraryFailure }
            return .otherKey(signedInfo: signedInfo)
        }
        let content = unsafe Self.bytes(xmlSecDSigReferenceCtxGetPreDigestBuffer(reference))
        return .verified(signedInfo: signedInfo, content: content)
    }

    private static func bytes(_ buffer: xmlSecBufferPtr?) -> [UInt8] {
        guard let buffer = unsafe buffer, let data = unsafe xmlSecBufferGetData(buffer) else { return [] }
        return unsafe Array(UnsafeBufferPointer(start: data, count: Int(xmlSecBufferGetSize(buffer))))
    }
}
