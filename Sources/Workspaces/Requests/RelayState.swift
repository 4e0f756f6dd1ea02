/// Makes the opaque handle that travels beside a request through the identity provider and back (behavior F3).
///
/// It says nothing and selects nothing: a response whose handle differs from the stored request's is refused.
package enum RelayState {
    /// Makes a new handle of 43 characters, well under the 80 bytes of saml-bindings 3.4.3.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return Self.random(using: &generator)
    }

    /// Makes a new handle from 256 bits of the generator.
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        Bits256(using: &generator).base64URL
    }
}
