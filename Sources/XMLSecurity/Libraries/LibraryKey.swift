import CXMLSec

/// Wraps a key of OpenSSL's for xmlsec1.
enum LibraryKey {
    /// Makes a key of xmlsec1's, which whoever gets it must free; it shares the key instead of copying it.
    ///
    /// OpenSSL keeps what it prepared for a key with the key: sharing saves most of the time of a signature.
    static func make(sharing pointer: OpaquePointer) -> xmlSecKeyPtr? {
        guard unsafe EVP_PKEY_up_ref(pointer) == 1 else { return nil }
        guard let data = unsafe xmlSecOpenSSLEvpKeyAdopt(pointer) else {
            unsafe EVP_PKEY_free(pointer)
            return nil
        }
        guard let key = unsafe xmlSecKeyCreate() else {
            unsafe xmlSecKeyDataDestroy(data)
            return nil
        }
        guard unsafe xmlSecKeySetValue(key, data) >= 0 else {
            unsafe xmlSecKeyDataDestroy(data)
            unsafe xmlSecKeyDestroy(key)
            return nil
        }
        return unsafe key
    }
}
