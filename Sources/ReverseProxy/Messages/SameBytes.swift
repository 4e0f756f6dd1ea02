#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Compares bytes that were kept with bytes that came.
enum SameBytes {
    /// Whether both are equal, byte by byte.
    @inline(__always)
    static func are(_ kept: [UInt8], _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard kept.count == bytes.count else { return false }
        return kept.withUnsafeBytes { kept in
            guard let mine = kept.baseAddress, let theirs = bytes.baseAddress else { return true }
            return memcmp(mine, theirs, bytes.count) == 0
        }
    }
}
