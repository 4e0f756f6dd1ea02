import SAML
import SAMLTesting
import Testing
import XMLSecurity

@testable import SAMLBindings

/// One thing wrong with a signed query, and how it must be refused.
struct LogoutQueryDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: ResponseRejection.Code
    let query: @Sendable (LogoutExchange) throws -> String

    static let all: [LogoutQueryDefect] = [
        .edit("no signature", .signatureInvalid) { String($0.prefix(upTo: try start(of: "&Signature=", in: $0))) },
        .edit("no SigAlg and no signature", .signatureInvalid) {
            String($0.prefix(upTo: try start(of: "&SigAlg=", in: $0)))
        },
        .edit("no SigAlg", .signatureInvalid) {
            String($0.prefix(upTo: try start(of: "&SigAlg=", in: $0)))
                + $0.suffix(from: try start(of: "&Signature=", in: $0))
        },
        .edit("an empty SigAlg", .signatureInvalid) {
            try replacing(
                "&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23ecdsa-sha256",
                with: "&SigAlg=",
                in: $0
            )
        },
        .edit("an empty signature", .xmlInvalid) {
            String($0.prefix(upTo: try start(of: "&Signature=", in: $0))) + "&Signature="
        },
        .edit("ECDSA with SHA-1", .signatureInvalid) { try replacing("ecdsa-sha256", with: "ecdsa-sha1", in: $0) },
        .edit("another digest than was used", .signatureInvalid) {
            try replacing("ecdsa-sha256", with: "ecdsa-sha512", in: $0)
        },
        .edit("RSA with another key", .signatureInvalid) { try replacing("ecdsa-sha256", with: "rsa-sha256", in: $0) },
        .edit("HMAC", .signatureInvalid) { try replacing("ecdsa-sha256", with: "hmac-sha256", in: $0) },
        .edit("a method nobody knows", .signatureInvalid) { try replacing("%23ecdsa-sha256", with: "%23x", in: $0) },
        .edit("a SigAlg with a NUL", .signatureInvalid) {
            try replacing("ecdsa-sha256", with: "ecdsa-sha256%00", in: $0)
        },
        .edit("a changed RelayState", .signatureInvalid) {
            try replacing("RelayState=r", with: "RelayState=x", in: $0)
        },
        .edit("a RelayState cut out", .signatureInvalid) { try replacing("&RelayState=r%20s%2Ft", with: "", in: $0) },
        .edit("a RelayState put in", .signatureInvalid, relayState: nil) { "RelayState=x&" + $0 },
        .edit("other escapes of the same RelayState", .signatureInvalid) { try replacing("%2F", with: "%2f", in: $0) },
        .edit("a signature of another query", .signatureInvalid) {
            let other = try LogoutExchange().query(relayState: "other")
            return String($0.prefix(upTo: try start(of: "&Signature=", in: $0)))
                + other.suffix(from: try start(of: "&Signature=", in: other))
        },
        .edit("two RelayStates", .xmlInvalid) { $0 + "&RelayState=r%20s%2Ft" },
        .edit("two requests", .xmlInvalid) { $0 + "&" + $0.prefix { $0 != "&" } },
        .edit("two SigAlgs", .xmlInvalid) { $0 + "&SigAlg=x" },
        .edit("two signatures", .xmlInvalid) { $0 + "&Signature=AAAA" },
        .edit("a request and a response", .xmlInvalid) { $0 + "&SAMLResponse=AAAA" },
        .edit("a request as a response", .xmlInvalid) { try replacing("SAMLRequest=", with: "SAMLResponse=", in: $0) },
        .edit("no message", .xmlInvalid) { String($0.suffix(from: try start(of: "RelayState=", in: $0))) },
        .edit("nothing", .xmlInvalid) { _ in "" },
        .edit("an artifact", .xmlInvalid) { $0 + "&SAMLart=x" },
        .edit("an escaped name", .xmlInvalid) { $0 + "&Relay%53tate=x" },
        .edit("a name in another case", .xmlInvalid) { $0 + "&relaystate=x" },
        .edit("a parameter without a value", .xmlInvalid) { $0 + "&x" },
        .edit("an empty parameter", .xmlInvalid) { $0 + "&" },
        .edit("a semicolon instead of an ampersand", .signatureInvalid) {
            try replacing("&SigAlg", with: ";SigAlg", in: $0)
        },
        .edit("a fragment", .xmlInvalid) { $0 + "#x" },
        .edit("another encoding", .xmlInvalid) { $0 + "&SAMLEncoding=x" },
        .edit("half an escape", .xmlInvalid) { $0 + "%2" },
        .edit("an escape that is none", .xmlInvalid) { $0 + "%zz" },
        .edit("an octet outside ASCII", .xmlInvalid) {
            try replacing("RelayState=r", with: "RelayState=\u{e9}", in: $0)
        },
        .edit("a space", .xmlInvalid) { try replacing("RelayState=r", with: "RelayState= ", in: $0) },
        .edit("a RelayState of 81 octets", .xmlInvalid) {
            try replacing("RelayState=r", with: "RelayState=" + String(repeating: "r", count: 81), in: $0)
        },
        .edit("a RelayState that is no UTF-8", .xmlInvalid) {
            try replacing("RelayState=r", with: "RelayState=%ff", in: $0)
        },
        .edit("above the limit", .tooLarge) { $0 + String(repeating: "A", count: RedirectQuery.maximumLength) },

        .message("base64 with a plus sign", .xmlInvalid) { _ in "ab+/" },
        .message("no base64", .xmlInvalid) { _ in "AAA" },
        .message("no base64 at all", .xmlInvalid) { _ in "" },
        .message("not deflated", .xmlInvalid) { escaped($0) },
        .message("an incomplete stream", .xmlInvalid) { escaped(try deflated($0).dropLast(3)) },
        .message("something behind the stream", .xmlInvalid) { escaped(try deflated($0) + [0]) },
        .message("a bomb", .tooLarge) { _ in escaped(try deflated([UInt8](repeating: 0x20, count: 1 << 20))) },
        .message("a DOCTYPE", .xmlInvalid) { escaped(try deflated(Array("<!DOCTYPE x>".utf8) + $0)) },
        .message("a Response", .xmlInvalid) { _ in
            escaped(try deflated(Array(try Exchange().message(signing: .both).utf8)))
        },
        LogoutQueryDefect("a signature on the message itself too", .xmlInvalid) { exchange in
            try exchange.sign("SAMLRequest=" + escaped(try deflated(Array(try exchange.xml().utf8))))
        },
    ]

    private init(
        _ testDescription: String,
        _ code: ResponseRejection.Code,
        query: @escaping @Sendable (LogoutExchange) throws -> String
    ) {
        self.testDescription = testDescription
        self.code = code
        self.query = query
    }

    /// A defect made after signing.
    private static func edit(
        _ testDescription: String,
        _ code: ResponseRejection.Code,
        relayState: String? = "r s/t",
        _ edit: @escaping @Sendable (String) throws -> String
    ) -> LogoutQueryDefect {
        LogoutQueryDefect(testDescription, code) { try edit(try $0.query(relayState: relayState)) }
    }

    /// A defect of the message, made before signing; it gets the message without a signature.
    private static func message(
        _ testDescription: String,
        _ code: ResponseRejection.Code,
        _ write: @escaping @Sendable ([UInt8]) throws -> String
    ) -> LogoutQueryDefect {
        LogoutQueryDefect(testDescription, code) { exchange in
            try exchange.sign("SAMLRequest=" + write(Array(try exchange.xml(signed: false).utf8)))
        }
    }
}

private func start(of text: String, in query: String) throws -> String.Index {
    try #require(query.firstRange(of: text)).lowerBound
}

private func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
    try #require(RawDeflate.compress(bytes))
}

private func escaped(_ bytes: some Collection<UInt8>) -> String {
    PercentEncoding.encode(StrictBase64.encode(bytes))
}
