extension String {
    /// Whether two texts are the same bytes.
    ///
    /// `==` on `String` is canonical equivalence: it takes `é` in one code point for `é` in two. Names and URLs of SAML
    /// are compared character by character (saml-core 1.3.2).
    func isExactly(_ other: String) -> Bool {
        var (left, right) = (self, other)
        return left.withUTF8 { left in
            right.withUTF8 { right in left.count == right.count && left.elementsEqual(right) }
        }
    }
}
