import CXMLSec

/// Finds the public keys under which an ECDSA signature is valid (SEC 1, 4.1.6).
///
/// Trying a key on P-384 takes OpenSSL a millisecond, and a workspace may pin eight. The signature itself determines the
/// two keys that can have made it, by about as much work as two attempts; a pinned key that is neither need not be tried.
/// This decides nothing: a key that it leaves is verified like any other, and one that it leaves out cannot verify.
@safe
final class ECDSAKeyRecovery {
    private let curve: EllipticCurve
    private let group: OpaquePointer
    private let context: OpaquePointer

    private init?(curve: EllipticCurve) {
        guard let group = unsafe EC_GROUP_new_by_curve_name(curve.number) else { return nil }
        guard let context = unsafe BN_CTX_new() else {
            unsafe EC_GROUP_free(group)
            return nil
        }
        // What is taken from the context below goes back at the end, all at once.
        unsafe BN_CTX_start(context)
        self.curve = curve
        unsafe self.group = group
        unsafe self.context = context
    }

    deinit {
        unsafe BN_CTX_end(self.context)
        unsafe BN_CTX_free(self.context)
        unsafe EC_GROUP_free(self.group)
    }

    /// The coordinates of every key under which a signature value is valid, each as x and y in the curve's length.
    ///
    /// - Parameters:
    ///   - curve: The curve of the keys.
    ///   - digest: The digest that was signed, of at most the curve's length where the curve is no shorter.
    ///   - value: r and s in equal length one after the other.
    ///   - known: Keys of which one is enough: when it is found, the others are not computed.
    /// - Returns: No key for a value that is valid under none; nil when OpenSSL fails.
    static func keys(
        on curve: EllipticCurve,
        digest: [UInt8],
        value: [UInt8],
        known: Set<[UInt8]> = []
    ) -> Set<[UInt8]>? {
        guard value.count == 2 * curve.byteCount else { return [] }
        defer { ERR_clear_error() }
        return ECDSAKeyRecovery(curve: curve)?
            .keys(
                digest: Array(digest.prefix(curve.byteCount)),
                r: Array(value.prefix(curve.byteCount)),
                s: Array(value.suffix(curve.byteCount)),
                known: known
            )
    }

    private func keys(digest: [UInt8], r: [UInt8], s: [UInt8], known: Set<[UInt8]>) -> Set<[UInt8]>? {
        guard
            let order = unsafe EC_GROUP_get0_order(self.group), let r = unsafe self.number(r),
            let s = unsafe self.number(s), let e = unsafe self.number(digest), let prime = unsafe self.number(),
            let generatorFactor = unsafe self.number(), let pointFactor = unsafe self.number(),
            let inverse = unsafe self.number(), let x = unsafe self.number(),
            unsafe EC_GROUP_get_curve(self.group, prime, nil, nil, self.context) == 1
        else { return nil }
        let isInRange = unsafe BN_is_zero(r) == 0 && BN_is_zero(s) == 0 && BN_cmp(r, order) < 0 && BN_cmp(s, order) < 0
        guard isInRange else { return [] }
        // Q = (s/r) R - (e/r) G, for both points R with the first coordinate r modulo the order.
        guard
            unsafe BN_mod_inverse(inverse, r, order, self.context) != nil,
            unsafe BN_mod_mul(pointFactor, s, inverse, order, self.context) == 1,
            unsafe BN_mod_mul(generatorFactor, e, inverse, order, self.context) == 1,
            unsafe BN_is_zero(generatorFactor) == 1 || BN_sub(generatorFactor, order, generatorFactor) == 1,
            unsafe BN_copy(x, r) != nil
        else { return nil }
        guard let point = unsafe EC_POINT_new(self.group) else { return nil }
        defer { unsafe EC_POINT_free(point) }
        var keys: Set<[UInt8]> = []
        while unsafe BN_cmp(x, prime) < 0 {
            if unsafe EC_POINT_set_compressed_coordinates(self.group, point, x, 0, self.context) == 1 {
                for _ in 0..<2 {
                    guard let key = unsafe self.key(point, generatorFactor, pointFactor) else { return nil }
                    if !key.isEmpty { keys.insert(key) }
                    if known.contains(key) { return keys }
                    guard unsafe EC_POINT_invert(self.group, point, self.context) == 1 else { return nil }
                }
            }
            guard unsafe BN_add(x, x, order) == 1 else { return nil }
        }
        return keys
    }

    /// The coordinates of a sum of multiples of the generator and of a point; none for the point at infinity, which is no
    /// key.
    private func key(
        _ point: OpaquePointer,
        _ generatorFactor: OpaquePointer,
        _ pointFactor: OpaquePointer
    ) -> [UInt8]? {
        guard let key = unsafe EC_POINT_new(self.group) else { return nil }
        defer { unsafe EC_POINT_free(key) }
        guard
            unsafe EC_POINT_mul(self.group, key, generatorFactor, point, pointFactor, self.context) == 1
        else { return nil }
        guard unsafe EC_POINT_is_at_infinity(self.group, key) == 0 else { return [] }
        guard
            let keyX = unsafe self.number(), let keyY = unsafe self.number(),
            unsafe EC_POINT_get_affine_coordinates(self.group, key, keyX, keyY, self.context) == 1
        else { return nil }
        return unsafe BigNumber.bytes(of: keyX, count: self.curve.byteCount)
            + BigNumber.bytes(of: keyY, count: self.curve.byteCount)
    }

    /// A number of the context's.
    private func number() -> OpaquePointer? {
        unsafe BN_CTX_get(self.context)
    }

    private func number(_ bytes: [UInt8]) -> OpaquePointer? {
        guard let number = unsafe BN_CTX_get(self.context), let count = CInt(exactly: bytes.count) else { return nil }
        return unsafe BN_bin2bn(bytes, count, number)
    }
}
