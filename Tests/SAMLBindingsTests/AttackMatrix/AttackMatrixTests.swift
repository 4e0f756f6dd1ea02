import SAML
import SAMLBindings
import SAMLTesting
import Testing

/// Every row of the attack matrix that a Response decides, with fresh keys of four kinds.
@Suite("Attack matrix")
struct AttackMatrixTests {
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
}
