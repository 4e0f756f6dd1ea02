import CXMLSec

/// A public key of OpenSSL; frees it.
///
/// `@unchecked Sendable`: the key is never changed after it was read, its reference count is atomic, and OpenSSL guards
/// the key's own caches with locks (`EVP_PKEY_up_ref`, "thread safety" of OpenSSL 3).
@safe
package final class PublicKey: @unchecked Sendable {
    /// The kind of a key, which decides the signature methods that it can verify.
    package enum Family: Hashable, Sendable {
        /// RSA.
        case rsa
        /// An elliptic curve of NIST's.
        case ecdsa
    }

    /// The kind of the key.
    let family: Family
    /// The length of the modulus or of the curve's field, in bits.
    let bits: Int
    /// The point on its curve; nil for RSA.
    let point: Point?

    private let pointer: OpaquePointer

    /// A key on an elliptic curve.
    struct Point: Hashable {
        let curve: EllipticCurve
        /// Both coordinates, each in the curve's length.
        let coordinates: [UInt8]
    }

    private init(owning pointer: OpaquePointer, family: Family, bits: Int, point: Point?) {
        unsafe self.pointer = pointer
        self.family = family
        self.bits = bits
        self.point = point
    }

    deinit {
        unsafe EVP_PKEY_free(self.pointer)
    }

    /// Takes over a key when it is of a kind that is used at all.
    ///
    /// - Throws: `keyTypeUnsupported` for other kinds and curves, `keyExponentRefused` for an RSA exponent that is even,
    ///   one, or longer than 32 bits.
    static func adopt(_ pointer: OpaquePointer) throws(CertificateRejection) -> PublicKey {
        let bits = unsafe Int(EVP_PKEY_get_bits(pointer))
        switch unsafe EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_RSA:
            let key = unsafe PublicKey(owning: pointer, family: .rsa, bits: bits, point: nil)
            guard unsafe Self.hasUsualExponent(pointer) else { throw .keyExponentRefused }
            return key
        case EVP_PKEY_EC:
            let point = unsafe Self.point(of: pointer)
            let key = unsafe PublicKey(owning: pointer, family: .ecdsa, bits: bits, point: point)
            guard point != nil else { throw .keyTypeUnsupported }
            return key
        default:
            unsafe EVP_PKEY_free(pointer)
            throw .keyTypeUnsupported
        }
    }

    /// Whether a policy accepts the key's length.
    func isAccepted(by policy: AlgorithmPolicy) -> Bool {
        switch self.family {
        case .rsa: policy.rsaBits.contains(self.bits)
        case .ecdsa: true
        }
    }

    /// Whether a signature value has the length that the key's have (RFC 8017, 8.2.2, step 1); of ECDSA's the verification
    /// says so.
    func canHaveMade(_ value: [UInt8]) -> Bool {
        switch self.family {
        case .rsa: value.count == (self.bits + 7) / 8
        case .ecdsa: true
        }
    }

    /// What a verification costs, in verifications with RSA of 2,048 bits.
    ///
    /// With RSA the time grows with the square of the length. Of the keys on one curve few are tried (``ECDSAKeyRecovery``).
    var verificationWork: Int {
        switch self.family {
        case .rsa: max(1, self.bits * self.bits / (2048 * 2048))
        case .ecdsa: 0
        }
    }

    /// Whether both are the same key.
    func isSame(as other: PublicKey) -> Bool {
        unsafe EVP_PKEY_eq(self.pointer, other.pointer) == 1
    }

    /// Whether this key made a signature value, as XML Signature writes it, over bytes.
    func verifies(_ bytes: [UInt8], value: [UInt8], algorithm: SignatureAlgorithm) -> Bool {
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer {
            unsafe EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        let signature = self.point.map { ECDSASignatureValue.der(fromConcatenation: value, on: $0.curve) } ?? value
        guard
            let signature,
            unsafe EVP_DigestVerifyInit(context, nil, algorithm.digest.messageDigest, nil, self.pointer) == 1
        else { return false }
        return unsafe EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }

    private static func hasUsualExponent(_ pointer: OpaquePointer) -> Bool {
        var exponent: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(pointer, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 else { return false }
        defer { unsafe BN_free(exponent) }
        return unsafe BN_is_odd(exponent) == 1 && BN_num_bits(exponent) <= 32 && BN_is_one(exponent) == 0
    }

    private static func point(of pointer: OpaquePointer) -> Point? {
        var name = [CChar](repeating: 0, count: 64)
        guard unsafe EVP_PKEY_get_group_name(pointer, &name, name.count, nil) == 1 else { return nil }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        guard let curve = EllipticCurve(groupName: String(decoding: bytes, as: UTF8.self)) else { return nil }
        var coordinates: [UInt8] = []
        for parameter in [OSSL_PKEY_PARAM_EC_PUB_X, OSSL_PKEY_PARAM_EC_PUB_Y] {
            var number: OpaquePointer?
            guard unsafe EVP_PKEY_get_bn_param(pointer, parameter, &number) == 1, let number = unsafe number else {
                return nil
            }
            defer { unsafe BN_free(number) }
            coordinates += unsafe BigNumber.bytes(of: number, count: curve.byteCount)
        }
        return Point(curve: curve, coordinates: coordinates)
    }
}
