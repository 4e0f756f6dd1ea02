import FoundationEssentials
import Testing
import Workspaces

@Suite("setup links and visits")
struct SetupLinkDecisionTests {
    private let now = SampleSignIn.now

    @Test(arguments: [
        (Duration.seconds(299), false), (.seconds(300), true), (.seconds(7 * 86_400), true),
        (.seconds(7 * 86_400 + 1), false), (.zero, false), (.seconds(-1), false),
    ])
    func waitsForFiveMinutesToSevenDays(_ lifetime: Duration, _ isAccepted: Bool) throws {
        let link = SetupLink(to: .random(), token: .random(), lifetime: lifetime, now: self.now)
        #expect((link != nil) == isAccepted)
        #expect(link?.expiresAt == (isAccepted ? self.now.advanced(by: lifetime) : nil))
    }

    @Test func keepsNothingOfTheSecretButItsHash() throws {
        let token = SecretToken<SetupLink>.random()
        let link = try #require(SetupLink(to: .random(), token: token, lifetime: .seconds(600), now: self.now))
        #expect(link.tokenHash == token.hash)
        #expect("\(token)" == "SecretToken(hidden)")
        #expect(!String(reflecting: token).contains(token.text))
        #expect(!link.creationEvent.detail.values.contains { $0.contains(token.text) })
        #expect(link.creationEvent.actor == .operator)
    }

    @Test func aTokenIsItsFortyThreeCharacters() throws {
        let token = SecretToken<SetupLink>.random()
        #expect(token.text.utf8.count == 43)
        #expect(SecretToken<SetupLink>(token.text)?.hash == token.hash)
        for text in ["", String(token.text.dropLast()), token.text + "A", token.text.dropLast() + "="] {
            #expect(SecretToken<SetupLink>(String(text)) == nil)
        }
    }

    @Test func aVisitLastsTwoHoursAndIsItsOwnActor() throws {
        let visit = SetupVisit(to: .random(), token: .random(), now: self.now)
        #expect(visit.expiresAt == self.now.advanced(by: .seconds(7200)))
        let event = visit.openingEvent(clientAddress: "192.0.2.1", now: self.now)
        #expect(event.actor == .setup)
        #expect(event.detail["client_address"] == "192.0.2.1")
        #expect(AuditActor(kind: event.actor.kind, email: nil) == .setup)
    }
}
