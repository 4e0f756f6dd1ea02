import Testing
import XMLSecurity

/// Something wrong in an otherwise good form, and what the page says at the field.
struct FormDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let field: String
    let value: @Sendable () throws -> String
    let words: String

    private init(
        _ testDescription: String,
        _ field: String,
        _ words: String,
        _ value: @escaping @Sendable () throws -> String
    ) {
        self.testDescription = testDescription
        self.field = field
        self.words = words
        self.value = value
    }

    static let all: [FormDefect] = [
        FormDefect("an http URL", "sign_in_url", "it begins with https://") { "http://idp.example/sso" },
        FormDefect("no URL", "sign_in_url", "It is empty") { "" },
        FormDefect("a URL with a space behind it", "sign_in_url", "holds a space") { "https://idp.example/sso " },
        FormDefect("an issuer with a stray space", "issuer", "begins or ends with white space") {
            " https://idp.example/metadata"
        },
        FormDefect("an issuer with a space in it", "issuer", "There is a space in it.") {
            "https://idp.example/meta data"
        },
        FormDefect("an issuer with a space that nobody sees", "issuer", "nobody sees (U+200B)") {
            "https://idp.example/metadata\u{200B}"
        },
        FormDefect("an issuer with a soft hyphen", "issuer", "nobody sees (U+00AD)") {
            "https://idp.example/meta\u{AD}data"
        },
        FormDefect("no issuer", "issuer", "exactly as your identity provider shows it") { "" },
        FormDefect("no certificate", "certificates", "There is none") { " \n" },
        FormDefect("text", "certificates", "not an X.509 certificate") { "hello" },
        FormDefect("text, and what to paste", "certificates", "text that begins with -----BEGIN CERTIFICATE-----") {
            "hello"
        },
        FormDefect("an address", "certificates", "put it into the field “Metadata URL”") {
            "https://idp.example/metadata"
        },
        FormDefect("a chain", "certificates", "Paste only the signing certificate") { Self.chain },
        FormDefect("metadata for a certificate", "certificates", "perhaps SAML metadata") { "<EntityDescriptor/>" },
        FormDefect("half a certificate", "certificates", "damaged or incomplete") {
            String(try SingleSignOnForm.certificate.get().pem.prefix(200))
        },
        FormDefect("an attribute name with a space", "attributes.email", "exactly as your identity provider sends it") {
            "email "
        },
        FormDefect("one attribute for two things", "attributes.roles", "attribute of the e-mail address") { "email" },
        FormDefect("an SP issuer with a space", "sp_issuer", "has white space around it") { "portico " },
        FormDefect("an http logout URL", "slo_url", "logout URL of your identity provider") {
            "http://idp.example/slo"
        },
        FormDefect("a way of authentication that is none", "authn_context", "no list") { "Sesame" },
    ]

    /// Two certificates of which the second issued the first.
    ///
    /// Made with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=root.example` and, for
    /// leaf.example, `openssl x509 -req -CA root.pem -CAkey root.key`, both for 36,500 days; the keys were thrown away.
    private static let chain = """
        -----BEGIN CERTIFICATE-----
        MIIBKzCB0QIUMcZExtDx2H7/081yFNSjMuUcl6QwCgYIKoZIzj0EAwIwFzEVMBMG
        A1UEAwwMcm9vdC5leGFtcGxlMCAXDTI2MTEyMTE4MzMzM1oYDzIxMjYxMDI4MTgz
        MzMzWjAXMRUwEwYDVQQDDAxsZWFmLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAST4KbZUWmNpKJb8IWw+V7hBlbSk2oZBSvccNEszAOQBTaS8dI1mFN9
        YoZTuYOD0EGlibLw3gf86QZinOMS3EgtMAoGCCqGSM49BAMCA0kAMEYCIQDBvvIo
        RG3tCtygCcPVwQpMT/Y2sR9gKrgkt26ONyCFdQIhAM1CT4HslC6enI4b3Umt6Oqw
        7qWxNb3+f/mSDvLz8bVr
        -----END CERTIFICATE-----
        -----BEGIN CERTIFICATE-----
        MIIBhTCCASugAwIBAgIUR1fLLPEK412/ufcRfK9Hxptu2AwwCgYIKoZIzj0EAwIw
        FzEVMBMGA1UEAwwMcm9vdC5leGFtcGxlMCAXDTI2MTEyMTE4MzMzM1oYDzIxMjYx
        MDI4MTgzMzMzWjAXMRUwEwYDVQQDDAxyb290LmV4YW1wbGUwWTATBgcqhkjOPQIB
        BggqhkjOPQMBBwNCAASOf4C+cEJPiHFom8jALkC/G6//oSyrecR7EiA+qvzKN4Vd
        9ZfuGBsl/H0/n+VexsilpLoEqRfPugGIzHyVupXgo1MwUTAdBgNVHQ4EFgQUNj2M
        5siE3qdpchPUZCCwy7hHhJcwHwYDVR0jBBgwFoAUNj2M5siE3qdpchPUZCCwy7hH
        hJcwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiB/tYmfG4jJ/nTR
        wJZZ0LWNwXPaq4fB9hlmeIJirFI8swIhAPci0gVZ9ZOfKgzjfPt92obC50Q+YCxY
        jnJWchduoqJp
        -----END CERTIFICATE-----
        """
}
