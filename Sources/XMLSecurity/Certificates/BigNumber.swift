import CXMLSec

/// Numbers of OpenSSL as bytes.
enum BigNumber {
    /// A number in so many bytes, the most significant first; zeros when it does not fit.
    static func bytes(of number: OpaquePointer, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = unsafe BN_bn2binpad(number, &bytes, CInt(clamping: count))
        return bytes
    }
}
