import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("The list of checks of a sign-in")
struct SignInCheckTests {
    /// The steps of a sign-in, as the store and the explainer collect them.
    private static func steps(_ sample: SampleSignIn) throws -> [SignInCheck] {
        let identity: AssertedIdentity
        do {
            identity = try sample.identity()
        } catch let rejection as AssertedIdentityRejection {
            return [.email(rejection)]
        }
        return [.email(identity)]
            + SignInCheck.provisioning(
                try sample.decide(),
                identity: identity,
                facts: sample.facts(),
                catalogue: sample.catalogue
            )
    }

    @Test(arguments: SignInCheckDefect.all)
    func tellsWhatWasWantedAndWhoMustChangeIt(_ defect: SignInCheckDefect) throws {
        var sample = try SampleSignIn()
        try defect.apply(&sample)
        let list = SignInCheck.list(ResponseCheckList(), steps: try Self.steps(sample))
        let failed = list.filter { $0.code != nil }
        #expect(failed.map(\.name) == [.step(defect.step)])
        let check = try #require(failed.first)
        #expect(check.code == defect.code)
        #expect(check.wanted?.contains(defect.wanted) == true, "\(check)")
        #expect(check.got?.text.contains(defect.got) == true, "\(check)")
        #expect(check.responsible == defect.responsible)
        #expect(check.remedy?.hasPrefix(defect.responsible.title) == true)
    }

    @Test func everyStepOfAPersonHasADefect() {
        let steps = Set(SignInCheckDefect.all.map(\.step))
        #expect(steps == [.email, .emailDomain, .roles, .membership, .seat])
    }

    @Test func aPersonWhoGetsInPassesEveryStep() throws {
        var sample = try SampleSignIn()
        sample.assertRoles(["company-a_ADMIN"])
        let steps = try Self.steps(sample)
        #expect(
            steps.map(\.name) == [.step(.email), .step(.emailDomain), .step(.roles), .step(.membership), .step(.seat)]
        )
        #expect(steps.allSatisfy { $0.outcome == .passed })
        // Nobody counts seats that are not limited.
        #expect(steps.last?.got == nil)
        sample.workspace.seats = 9
        #expect(try Self.steps(sample).last?.got?.text == "5 taken")
    }

    @Test func theNamesAreDifferentAndInTheOrderOfTheChecks() {
        let names = SignInCheck.Name.allCases
        #expect(names.count == ResponseCheck.Rule.allCases.count + SignInStep.allCases.count)
        #expect(Set(names.map(\.identifier)).count == names.count)
        #expect(Set(names.map(\.title)).count == names.count)
        #expect(names.allSatisfy { SignInCheck.Name(identifier: $0.identifier) == $0 })
        #expect(SignInCheck.Name(identifier: "x") == nil)
        #expect(names.firstIndex(of: .step(.storedRequest)) == 3)
        #expect(names.last == .step(.seat))
    }

    @Test func aStepBeforeTheLastOnePassedAndTheRestWasNotComeTo() throws {
        let refused = SignInCheck(.samlSettings, refusing: .samlNotEnabled)
        let list = SignInCheck.list(ResponseCheckList(), steps: [refused])
        let outcomes = Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0.outcome) })
        #expect(outcomes[.step(.storedRequest)] == .passed)
        #expect(outcomes[.step(.browser)] == .passed)
        #expect(outcomes[.step(.email)] == .notChecked(because: "“SAML settings of the workspace” failed"))
        // What nothing is known of is never told to have passed.
        #expect(outcomes[.response(.audience)] == .notChecked(because: "“SAML settings of the workspace” failed"))
    }

    @Test func everyFailureSaysWhoMustDoWhat() {
        for name in SignInCheck.Name.allCases {
            for responsible in ResponsibleParty.allCases {
                let check = SignInCheck(name, .failed(.xmlInvalid, responsible))
                #expect(check.remedy?.hasPrefix(responsible.title + " ") == true)
                #expect(check.remedy?.hasSuffix(".") == true)
            }
            #expect(SignInCheck(name, .passed).remedy == nil)
        }
    }

    @Test func theRemedyOfAFailureThatAnAnswerClaimsSaysThatNobodyVouchesForIt() {
        let remedy = { (rule: ResponseCheck.Rule) in
            SignInCheck(.response(rule), .failed(.statusNotSuccess, .identityProviderAdministrator)).remedy ?? ""
        }
        #expect(remedy(.claimedStatus).contains("No signature") && !remedy(.status).contains("No signature"))
    }

    /// M6: somebody else's invitation is no reason to invite whoever opened it.
    @Test func whoOpenedAnotherPersonsInvitationSignsInWithoutIt() throws {
        let refused = { (wanted: String?) in
            SignInCheck(.membership, .failed(.invitationRequired, .workspaceAdministrator), wanted: wanted)
        }
        let hint = AdministratorHint(try SampleSignIn().facts().configured, catalogue: .standard)
        let remedy = refused(SignInCheck.invitedPerson).remedy(hint)
        #expect(remedy?.contains("signs in without it") == true && remedy?.contains("invites the person") == false)
        #expect(remedy?.contains("as an administrator") == false)
        let uninvited = refused("somebody who may come in").remedy(hint)
        #expect(uninvited?.contains("invites the person") == true)
    }

    @Test(arguments: SignInCheckDefect.all)
    func whatIsKeptNamesNobody(_ defect: SignInCheckDefect) throws {
        var sample = try SampleSignIn()
        try defect.apply(&sample)
        for check in SignInCheck.list(ResponseCheckList(), steps: try Self.steps(sample)) {
            let kept = check.kept
            #expect(kept.name == check.name)
            #expect(kept.outcome == check.outcome)
            #expect(kept.got?.text.contains("ann") != true)
            #expect(kept.got?.text.contains("@") != true)
            #expect(kept.got?.text.contains("b.example") != true)
        }
    }

    @Test func ofAStatusTheCodesAreKeptAndTheWordsAreNot() throws {
        let responder = "urn:oasis:names:tc:SAML:2.0:status:Responder"
        var checks = ResponseCheckList()
        checks.check(.claimedStatus) { () throws(ResponseRejection) in
            throw ResponseRejection(.statusNotSuccess, rule: "StatusRule", got: "\(responder) ann@company-a.example no")
        }
        let list = SignInCheck.list(checks, steps: [])
        let check = try #require(list.first { $0.code != nil })
        #expect(check.got?.text.contains("ann") == true)
        #expect(check.kept.got == .open(responder))
    }

    @Test(arguments: ["\u{1B}[2J", "a\0b", "line\nline", "\u{2028}", "\u{85}"])
    func whatIsKeptIsPrintable(_ text: String) {
        let check = SignInCheck(.roles, .passed, wanted: text, got: .open(text)).kept
        for kept in [check.wanted, check.got?.text] {
            #expect(kept?.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } == true)
            #expect(kept?.contains("\\u") == true)
        }
    }

    @Test(arguments: [String(repeating: "x", count: 10_000), String(repeating: "\u{1F600}", count: 500), "\0\0\0"])
    func whatIsKeptIsBounded(_ text: String) {
        let check = SignInCheck(.seat, .notChecked(because: text), wanted: text, got: .open(text)).kept
        #expect((check.wanted?.utf8.count ?? 0) <= SignInCheck.maximumKeptLength)
        #expect((check.got?.text.utf8.count ?? 0) <= SignInCheck.maximumKeptLength)
        guard case .notChecked(let reason) = check.outcome else {
            Issue.record("another outcome")
            return
        }
        #expect(reason.utf8.count <= SignInCheck.maximumKeptLength)
    }
}
