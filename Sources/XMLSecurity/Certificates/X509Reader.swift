import CXMLSec
import FoundationEssentials

/// A certificate of OpenSSL while it is read; frees it.
@safe
struct X509Reader: ~Copyable {
    private let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe X509_free(self.pointer)
    }

    /// Reads DER that holds one certificate and nothing after it.
    ///
    /// - Throws: `privateKey`, `publicKeyOnly`, `certificateRequest`, `envelope` where the bytes are one of these instead.
    static func read(_ der: [UInt8]) throws(CertificateRejection) -> X509Reader {
        guard CryptographyLibraries.start() else { throw .libraryFailure }
        defer { ERR_clear_error() }
        var consumed = 0
        let certificate = unsafe der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            let certificate = unsafe d2i_X509(nil, &position, buffer.count)
            if let start = buffer.baseAddress, let end = unsafe position { consumed = unsafe end - start }
            return unsafe certificate
        }
        guard let certificate = unsafe certificate else { throw self.explanation(for: der) }
        let reader = unsafe X509Reader(owning: certificate)
        guard consumed == der.count else { throw .damaged }
        return reader
    }

    /// The certificate's key.
    func publicKey() throws(CertificateRejection) -> PublicKey {
        guard let key = unsafe X509_get_pubkey(self.pointer) else {
            ERR_clear_error()
            throw .keyTypeUnsupported
        }
        return try unsafe PublicKey.adopt(key)
    }

    /// The subject's distinguished name, the most specific part first (RFC 2253).
    var subject: String { unsafe Self.text(of: X509_get_subject_name(self.pointer)) }

    /// The issuer's distinguished name.
    var issuer: String { unsafe Self.text(of: X509_get_issuer_name(self.pointer)) }

    /// The first instant of validity.
    var notBefore: Date? { unsafe Self.date(of: X509_get0_notBefore(self.pointer)) }

    /// The last instant of validity.
    var notAfter: Date? { unsafe Self.date(of: X509_get0_notAfter(self.pointer)) }

    /// The type of signed data in PKCS #7 and CMS, `1.2.840.113549.1.7.2`, which stands at the beginning.
    private static let signedData: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]

    private static func explanation(for der: [UInt8]) -> CertificateRejection {
        // A sequence, of a length in up to five bytes, and then the type.
        let isEnvelope = (2...6).contains { der.dropFirst($0).starts(with: self.signedData) }
        guard !isEnvelope else { return .envelope }
        return self.explanationByOpenSSL(for: der)
    }

    private static func explanationByOpenSSL(for der: [UInt8]) -> CertificateRejection {
        unsafe der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            if let key = unsafe d2i_AutoPrivateKey(nil, &position, buffer.count) {
                unsafe EVP_PKEY_free(key)
                return .privateKey
            }
            unsafe position = buffer.baseAddress
            if let key = unsafe d2i_PUBKEY(nil, &position, buffer.count) {
                unsafe EVP_PKEY_free(key)
                return .publicKeyOnly
            }
            unsafe position = buffer.baseAddress
            if let request = unsafe d2i_X509_REQ(nil, &position, buffer.count) {
                unsafe X509_REQ_free(request)
                return .certificateRequest
            }
            return .notACertificate
        }
    }

    private static func text(of name: OpaquePointer?) -> String {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { return "" }
        defer { unsafe BIO_free(bio) }
        let flags = portico_name_flags()
        guard unsafe X509_NAME_print_ex(bio, name, 0, flags) >= 0 else { return "" }
        return unsafe String(decoding: MemoryBIO.bytes(of: bio), as: UTF8.self)
    }

    private static func date(of time: UnsafePointer<ASN1_TIME>?) -> Date? {
        guard let epoch = unsafe ASN1_TIME_set(nil, 0) else { return nil }
        defer { unsafe ASN1_STRING_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Date(timeIntervalSince1970: Double(days) * 86_400 + Double(seconds))
    }
}
