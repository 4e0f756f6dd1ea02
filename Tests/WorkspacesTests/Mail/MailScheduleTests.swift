import FoundationEssentials
import Testing
import Workspaces

@Suite("When a mail is tried again")
struct MailScheduleTests {
    @Test func laterEachTimeAndNotForEver() {
        let now = SampleSignIn.now
        let pauses = (1...20)
            .compactMap { attempts in
                MailSchedule.next(after: attempts, now: now).map { Int($0.timeIntervalSince(now)) }
            }
        #expect(Array(pauses.prefix(4)) == [30, 60, 120, 240])
        #expect(pauses.last == 3_600)
        #expect(pauses.count == MailSchedule.maximumAttempts - 1)
    }
}
