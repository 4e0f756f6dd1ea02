import Testing

@testable import Fetching

@Suite("Names of certificates")
struct CertificateNameTests {
    @Test(
        arguments: [
            ("idp.example", "idp.example", true), ("idp.example.", "idp.example", true),
            ("idp.example.com", "*.example.com", true), ("a.idp.example.com", "*.example.com", false),
            ("example.com", "*.example.com", false), (".example.com", "*.example.com", false),
            ("idp.com", "*.com", false), ("idp.example.com", "i*.example.com", false), ("idp.example", "*", false),
            ("idp.example", "dp.example", false), ("idp.example", "idp.example.com", false), ("idp.example", "", false),
        ]
    )
    func matches(_ name: String, pattern: String, expected: Bool) {
        #expect(CertificateName.matches(name, pattern: pattern) == expected)
    }
}
