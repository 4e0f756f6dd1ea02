import CXMLSec
import FoundationEssentials

/// An X.509 certificate while it is made; frees it.
@safe
struct SelfSignedCertificate: ~Copyable {
    private let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe X509_free(self.pointer)
    }

    /// Fills in everything but the key.
    static func make(
        commonName: String,
        notBefore: Date,
        notAfter: Date
    ) throws(SigningKeyFailure) -> SelfSignedCertificate {
        guard let pointer = unsafe X509_new() else { throw .libraryFailure }
        let certificate = unsafe SelfSignedCertificate(owning: pointer)
        var serial = [UInt8](repeating: 0, count: 16)
        guard unsafe RAND_bytes(&serial, Int32(serial.count)) == 1 else { throw .libraryFailure }
        serial[0] &= 0x7F
        guard let number = unsafe BN_bin2bn(serial, Int32(serial.count), nil) else { throw .libraryFailure }
        defer { unsafe BN_free(number) }
        let name = Array(commonName.utf8)
        guard
            unsafe X509_set_version(pointer, 2) == 1,
            unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer)) != nil,
            unsafe ASN1_TIME_set(X509_getm_notBefore(pointer), Int(notBefore.timeIntervalSince1970)) != nil,
            unsafe ASN1_TIME_set(X509_getm_notAfter(pointer), Int(notAfter.timeIntervalSince1970)) != nil,
            let subject = unsafe X509_get_subject_name(pointer),
            unsafe X509_NAME_add_entry_by_txt(
                subject,
                "CN",
                MBSTRING_UTF8,
                name,
                Int32(truncatingIfNeeded: name.count),
                -1,
                0
            ) == 1,
            unsafe X509_set_issuer_name(pointer, subject) == 1
        else { throw .libraryFailure }
        return certificate
    }

    /// Puts the key in, signs with it and answers the DER.
    func signed(by key: OpaquePointer) throws(SigningKeyFailure) -> [UInt8] {
        guard
            unsafe X509_set_pubkey(self.pointer, key) == 1,
            unsafe X509_sign(self.pointer, key, EVP_sha256()) > 0,
            let bio = unsafe BIO_new(BIO_s_mem())
        else { throw .libraryFailure }
        defer { unsafe BIO_free(bio) }
        guard unsafe i2d_X509_bio(bio, self.pointer) == 1 else { throw .libraryFailure }
        return unsafe MemoryBIO.bytes(of: bio)
    }
}
