extension String {
    /// Whether two texts are the same bytes.
    ///
    /// `==` on `String` is canonical equivalence: it takes `é` in one code point for `é` in two. Names and URLs of SAML
    /// are compared character by character (saml-core 1.3.2).
    func isExactly(_ other: String) -> Bool {
        let (left, right) = (self.utf8.span, other.utf8.span)
        guard left.count == right.count else { return false }
        // Without a way out, so that many bytes are compared at once.
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
