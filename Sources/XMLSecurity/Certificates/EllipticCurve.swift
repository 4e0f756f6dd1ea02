import CXMLSec

/// The curves that a key may be on (FIPS 186-5).
enum EllipticCurve: String, Hashable, Sendable {
    /// secp256r1.
    case p256 = "P-256"
    /// secp384r1.
    case p384 = "P-384"
    /// secp521r1.
    case p521 = "P-521"

    /// Reads OpenSSL's name of a group, which may be SECG's or NIST's.
    init?(groupName: String) {
        switch groupName {
        case "prime256v1", "P-256": self = .p256
        case "secp384r1", "P-384": self = .p384
        case "secp521r1", "P-521": self = .p521
        default: return nil
        }
    }

    /// The bytes of a coordinate, and of each half of a signature (xmldsig-core1 6.4.3).
    var byteCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    /// OpenSSL's number of the curve.
    var number: CInt {
        switch self {
        case .p256: NID_X9_62_prime256v1
        case .p384: NID_secp384r1
        case .p521: NID_secp521r1
        }
    }
}
