import CXMLSec

/// Octets for keys and nonces.
enum RandomOctets {
    static func make(count: Int) throws(SAMLTestingFailure) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&octets, Int32(count)) == 1 else { throw .cannotEncrypt("random octets") }
        return octets
    }
}
