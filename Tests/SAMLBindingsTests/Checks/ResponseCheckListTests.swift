import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

@Suite("The list of checks of a Response")
struct ResponseCheckListTests {
    private static let depths: [ResponseCheckList.Depth] = [.untilRefused, .everything]
    private static let signings: [ResponseDraft.Signing] = [.assertion, .response, .both]

    /// Makes the message of a defect and checks it.
    private func check(_ defect: CheckDefect, _ depth: ResponseCheckList.Depth) throws -> CheckedExchange {
        var exchange = try EncryptedExchange.make()
        let message = try defect.alter(try exchange.message(signing: defect.signing, mutate: defect.apply))
        try defect.expect(&exchange)
        return CheckedExchange(
            TestIdentityProvider.formField(message),
            in: exchange,
            certificates: exchange.certificates,
            encryptionPolicy: defect.encryptionPolicy,
            depth: depth
        )
    }

    @Test(arguments: signings, depths)
    func hasEveryRuleOnceAndPassesThemAll(
        _ signing: ResponseDraft.Signing,
        _ depth: ResponseCheckList.Depth
    ) throws {
        let exchange = try Exchange()
        let checked = CheckedExchange(
            TestIdentityProvider.formField(try exchange.message(signing: signing)),
            in: exchange,
            certificates: exchange.certificates,
            depth: depth
        )
        #expect(checked.checks.checks.map(\.rule) == ResponseCheck.Rule.allCases)
        #expect(checked.failures.isEmpty)
        #expect(checked.unchecked.isEmpty)
        #expect(try checked.result.get().attributes == Exchange.attributes)
        #expect(checked.checks.rejection == nil)
        for check in checked.checks.checks {
            guard case .passed(let finding) = check.outcome else { continue }
            #expect(!finding.wanted.description.isEmpty, "\(check.rule)")
            #expect(!finding.got.description.isEmpty, "\(check.rule)")
        }
    }

    @Test(arguments: CheckDefect.all, depths)
    func tellsWhatWasWantedAndWhoMustChangeIt(_ defect: CheckDefect, _ depth: ResponseCheckList.Depth) throws {
        let checked = try self.check(defect, depth)
        #expect(checked.failures.first == defect.rule)
        #expect(checked.checks.checks.map(\.rule) == ResponseCheck.Rule.allCases)
        let rejection = try #require(checked.rejection)
        #expect(rejection == checked.checks.rejection)
        #expect(rejection.code == defect.code)
        #expect(rejection.wanted?.contains(defect.wanted) == true, "\(rejection)")
        #expect(defect.got.isEmpty || rejection.got?.contains(defect.got) == true, "\(rejection)")
        #expect(rejection.responsible == defect.responsible)
    }

    @Test
    func hasADefectForEveryRuleThatCanFailFirst() {
        // A Response has one status, which is looked at as a claim before; base64 has a test of its own.
        let others: Set<ResponseCheck.Rule> = [.status, .encoding]
        #expect(Set(CheckDefect.all.map(\.rule)).union(others) == Set(ResponseCheck.Rule.allCases))
    }

    @Test(arguments: depths)
    func endsAtTextThatIsNotBase64(_ depth: ResponseCheckList.Depth) throws {
        let exchange = try Exchange()
        let checked = CheckedExchange("no base64!", in: exchange, certificates: exchange.certificates, depth: depth)
        #expect(checked.failures == [.encoding])
        #expect(checked.unchecked == Array(ResponseCheck.Rule.allCases.dropFirst()))
        #expect(checked.rejection?.code == .xmlInvalid)
    }

    @Test(arguments: WireDefect.profile, depths)
    func decidesAsItDoesWithoutAList(_ defect: WireDefect, _ depth: ResponseCheckList.Depth) throws {
        let exchange = try Exchange()
        let message = try exchange.message(signing: defect.signing, mutate: defect.apply)
        let checked = CheckedExchange(
            TestIdentityProvider.formField(message),
            in: exchange,
            certificates: exchange.certificates,
            depth: depth
        )
        let thrown = #expect(throws: ResponseRejection.self) { try exchange.receive(message) }
        #expect(checked.rejection == thrown)
        #expect(checked.rejection?.code == defect.code)
    }

    @Test
    func goesOnWithWhatDoesNotDependOnAFailure() throws {
        let exchange = try Exchange()
        let message = try exchange.message {
            $0.header.destination = "https://b.example/acs"
            $0.assertion?.conditions = nil
            $0.assertion?.authnStatements = []
        }
        for depth in Self.depths {
            let checked = CheckedExchange(
                TestIdentityProvider.formField(message),
                in: exchange,
                certificates: exchange.certificates,
                depth: depth
            )
            #expect(checked.failures == [.destination, .audience, .authnStatement])
            #expect(checked.unchecked == [.forcedAuthentication, .authnContext])
            #expect(checked.rejection?.code == .recipientMismatch)
        }
    }

    @Test
    func looksAtSignaturesOfARefusedResponseOnlyWhenAskedToTellEverything() throws {
        let exchange = try Exchange()
        let field = TestIdentityProvider.formField(
            try exchange.message { $0.header.issuer = Issuer("https://b.example") }
        )
        let stranger = [try Exchange.stranger().certificate]
        let short = CheckedExchange(field, in: exchange, certificates: stranger, depth: .untilRefused)
        #expect(short.failures == [.claimedResponseIssuer])
        #expect(short.unchecked.first == .responseSignature)
        let long = CheckedExchange(field, in: exchange, certificates: stranger, depth: .everything)
        #expect(long.failures == [.claimedResponseIssuer, .assertionSignature])
        #expect(long.rejection == short.rejection)
        let known = CheckedExchange(field, in: exchange, certificates: exchange.certificates, depth: .everything)
        #expect(known.failures == [.claimedResponseIssuer, .responseIssuer])
        #expect(known.unchecked.isEmpty)
        #expect(throws: ResponseRejection.self) { try known.result.get() }
    }

    @Test(arguments: depths)
    func expectsNoAssertionInTheReportOfAFailure(_ depth: ResponseCheckList.Depth) throws {
        let exchange = try Exchange()
        let message = try exchange.message(signing: .nothing) {
            $0.header.status = Status(code: "urn:oasis:names:tc:SAML:2.0:status:Responder")
            $0.assertion = nil
        }
        let checked = CheckedExchange(
            TestIdentityProvider.formField(message),
            in: exchange,
            certificates: exchange.certificates,
            depth: depth
        )
        #expect(checked.failures == [.claimedStatus])
        #expect(checked.unchecked.first == .claimedAssertionIssuer)
    }

    /// saml-security E01: what somebody may have changed is not decrypted, whoever asks.
    @Test(arguments: depths)
    func decryptsNothingUnderASignatureThatFails(_ depth: ResponseCheckList.Depth) throws {
        let exchange = try EncryptedExchange.make()
        let message = try exchange.message(signing: .both) {
            $0.encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
        }
        let checked = CheckedExchange(
            TestIdentityProvider.formField(message),
            in: exchange,
            certificates: [try Exchange.stranger().certificate],
            depth: depth
        )
        #expect(checked.failures == [.responseSignature])
        #expect(checked.unchecked.first == .decryption)
    }

    /// saml-security E01: the list says no more than the refusal.
    @Test(arguments: EncryptionDefect.unprotected)
    func tellsNothingOfWhatACipherWithoutProtectionHides(_ defect: EncryptionDefect) throws {
        let exchange = try EncryptedExchange.make()
        let message = try exchange.message(signing: defect.signing) {
            var encryption = AssertionEncryption(
                for: try EncryptedExchange.recipient().certificate,
                content: .aes256CBC
            )
            try defect.apply(&encryption)
            $0.encryption = encryption
        }
        let checked = CheckedExchange(
            TestIdentityProvider.formField(message),
            in: exchange,
            certificates: exchange.certificates,
            depth: .everything
        )
        #expect(checked.failures == [.decryption])
        #expect(checked.unchecked.first == .assertionSignature)
        #expect(checked.rejection?.got == DecryptionRejection.failed.description)
    }
}
