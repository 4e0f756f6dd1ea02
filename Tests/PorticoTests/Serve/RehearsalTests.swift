import Logging
import NIOCore
import NIOPosix
import Testing

@testable import Portico

@Suite("Requests before the first request")
struct RehearsalTests {
    private let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    @Test("Every request of a rehearsal is answered, by a data plane and an application that are gone afterwards")
    func rehearsal() async {
        let rehearsal = Rehearsal(group: MultiThreadedEventLoopGroup.singleton, limit: .minutes(5), logger: self.logger)
        #expect(await rehearsal.run() == Rehearsal.count)
    }

    @Test("Nobody waits for a rehearsal for longer than its time")
    func limit() async {
        let rehearsal = Rehearsal(group: MultiThreadedEventLoopGroup.singleton, limit: .zero, logger: self.logger)
        #expect(await rehearsal.run() == 0)
    }
}
