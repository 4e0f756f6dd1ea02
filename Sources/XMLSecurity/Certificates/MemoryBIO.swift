import CXMLSec

/// What OpenSSL has written into memory.
enum MemoryBIO {
    /// The bytes that a memory BIO holds.
    static func bytes(of bio: OpaquePointer) -> [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe portico_bio_memory(bio, &start)
        guard let start = unsafe start, count > 0 else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
