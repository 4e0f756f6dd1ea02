import Foundation
import SAML
import SAMLBindings
import SAMLTesting
import Testing

/// Every row of the attack matrix that a Response decides, with fresh keys of four kinds.
@Suite("Attack matrix")
struct AttackMatrixTests {
    /// The rows of the matrix of the SAML side: presence and wrapping, keys, parser, profile.
    private static let rows =
        (1...25).map { "A\($0)" } + (1...8).map { "B\($0)" } + (1...12).map { "C\($0)" } + (1...20).map { "D\($0)" }

    @Test(arguments: AttackMatrixRow.all, Exchange.Key.allCases)
    func endsInItsReason(_ row: AttackMatrixRow, _ key: Exchange.Key) throws {
        let exchange = try Exchange(key: key)
        let posted = try row.post(exchange)
        let rejection = #expect(throws: ResponseRejection.self) {
            try HTTPPostBinding.decodeResponse(posted.field)
                .validate(
                    exchange.expectations,
                    certificates: posted.certificates ?? [exchange.identityProvider.certificate],
                    signaturePolicy: .either
                )
        }
        #expect(rejection?.code == row.code)
        if let reason = row.reason {
            #expect(rejection?.got == reason)
        }
    }

    /// The message that all of them start from is accepted: nothing but the attack can have refused.
    @Test(arguments: Exchange.Key.allCases)
    func startsFromAMessageThatIsAccepted(_ key: Exchange.Key) throws {
        let exchange = try Exchange(key: key)
        _ = try exchange.receive(try exchange.message())
    }

    @Test
    func theDocumentHasEveryRowWithItsCodes() throws {
        let document = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(
                    path: "../../../Docs/Conformance.md"
                ),
            encoding: .utf8
        )
        let lines = document.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { $0.split(separator: "|") }
        func codes(_ row: String) -> String {
            lines.filter { $0.first?.trimmingCharacters(in: .whitespaces) == row }.map { $0.dropFirst().first ?? "" }
                .joined()
        }
        for row in Self.rows {
            let padded = row.count == 2 ? "\(row.prefix(1))0\(row.suffix(1))" : row
            #expect(!codes(padded).isEmpty, "\(padded) is missing")
        }
        for row in AttackMatrixRow.all {
            #expect(codes(row.row).contains("`\(row.code.rawValue)`"), "\(row) has another code in the document")
        }
    }
}
