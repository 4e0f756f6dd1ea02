import Testing
import XMLSecurity

/// A text that somebody gives for a certificate by mistake.
struct CertificateDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let reason: String
    let text: @Sendable () throws -> String

    static let all: [CertificateDefect] = [
        CertificateDefect(testDescription: "no certificate at all", reason: "not an X.509 certificate") { "hello" },
        CertificateDefect(testDescription: "a private key", reason: "private key") {
            try SigningKey.generate(.p256).pem()
        },
        CertificateDefect(testDescription: "an RSA key of 1024 bits", reason: "at least 2048") { Self.weak },
        CertificateDefect(testDescription: "metadata", reason: "XML") { "<EntityDescriptor/>" },
    ]

    /// Made with `openssl req -x509 -newkey rsa:1024 -nodes -keyout /dev/null -subj /CN=weak.example -days 36500`.
    private static let weak = """
        -----BEGIN CERTIFICATE-----
        MIICDDCCAXWgAwIBAgIUMFWNS5JQ+B+/pOUQ4o4SsWnCkigwDQYJKoZIhvcNAQEL
        BQAwFzEVMBMGA1UEAwwMd2Vhay5leGFtcGxlMCAXDTI2MTEyMTAzNTk0NloYDzIx
        MjYxMDI4MDM1OTQ2WjAXMRUwEwYDVQQDDAx3ZWFrLmV4YW1wbGUwgZ8wDQYJKoZI
        hvcNAQEBBQADgY0AMIGJAoGBALaPVWc6BuMchQz3G3JC09Ciw8/iEQbfOIk3qqT4
        YTHWxNh21IgXwrnw7PmlAIb3rx2MpG1uubs6kzUd3kZm4PJVMUgddcm8SCs5Jfep
        xu8v71bX9jtp/rdG9W7/SisUl/4Q0aicW9eL3KSF07KM1kQOFZoHEyb/tZxFiAQd
        cBzjAgMBAAGjUzBRMB0GA1UdDgQWBBRwl9hyzsQiL/CDFskwmkK80aBhLTAfBgNV
        HSMEGDAWgBRwl9hyzsQiL/CDFskwmkK80aBhLTAPBgNVHRMBAf8EBTADAQH/MA0G
        CSqGSIb3DQEBCwUAA4GBAAxOfdrGN1DmVaJHz4+Fin6N8QxCEaHKvwIyvaKJBK+c
        UdhQzQJA9GzVIHfpOFLAFG4DNbY1GfSWjADlih41AfVs7sMsyt0X9rG41cUSX8mM
        axd5Dd81NPk2vS1vnuxzMFCRdF3KfV3+7xZMKh4dvqCDqm4lb42jge7X819KOVse
        -----END CERTIFICATE-----
        """
}
