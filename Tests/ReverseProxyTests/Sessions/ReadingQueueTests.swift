import NIOCore
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Which sessions are read together")
final class ReadingQueueTests {
    private var queue = ReadingQueue(widths: [.requests: 2, .others: 1], size: 3, patience: .seconds(3))
    private var now = NIODeadline.uptimeNanoseconds(0)
    private let hashes = (0..<8).map { _ in SessionToken.random().hash }

    private func add(_ hashes: some Sequence<SessionTokenHash>, to line: ReadingQueue.Line) -> [ReadingQueue.Ticket] {
        hashes.map { self.queue.add($0, to: line, at: self.now) }
    }

    private func next(_ line: ReadingQueue.Line) -> ReadingQueue.Reading? { self.queue.next(in: line, at: self.now) }

    private func read(_ line: ReadingQueue.Line) -> Set<SessionTokenHash>? {
        self.next(line).map { Set($0.places.values) }
    }

    private func finish(_ reading: ReadingQueue.Reading) -> Set<SessionTokenHash> {
        Set(self.queue.finish(reading.number).values)
    }

    private func abandon(_ ticket: ReadingQueue.Ticket) -> ReadingQueue.Abandoned? { self.queue.abandon(ticket) }

    @Test func whoComesAloneIsReadAloneAndTheNextTogetherInTheOrderOfComing() throws {
        _ = self.add([self.hashes[0]], to: .others)
        let first = try #require(self.next(.others))
        _ = self.add(self.hashes[1...5], to: .others)
        #expect(Set(first.places.values) == [self.hashes[0]])
        #expect(self.read(.others) == nil && self.queue.waiting(in: .others) == 5)
        #expect(self.finish(first) == [self.hashes[0]])
        let second = try #require(self.next(.others))
        #expect(Set(second.places.values) == Set(self.hashes[1...3]))
        _ = self.finish(second)
        #expect(self.read(.others) == Set(self.hashes[4...5]))
    }

    @Test func eachLineHasReadingsOfItsOwn() {
        for hash in self.hashes[0...3] {
            _ = self.add([hash], to: .requests)
            _ = self.next(.requests)
        }
        #expect(self.queue.waiting(in: .requests) == 2)
        _ = self.add([self.hashes[4]], to: .others)
        #expect(self.read(.others) == [self.hashes[4]])
    }

    @Test func whoIsHurriedGoesWithTheRequestsAndOnce() throws {
        _ = self.add([self.hashes[0]], to: .others)
        let first = try #require(self.next(.others))
        _ = self.add(self.hashes[1...2], to: .others)
        self.queue.hurry(self.hashes[1])
        self.queue.hurry(self.hashes[1])
        #expect(self.read(.requests) == [self.hashes[1]])
        #expect(self.read(.requests) == nil)
        _ = self.finish(first)
        #expect(self.read(.others) == [self.hashes[2]])
        // Under way already: there is nothing to hurry.
        self.queue.hurry(self.hashes[2])
        #expect(self.read(.requests) == nil)
    }

    @Test func whoWaitsNoLongerIsNotRead() throws {
        _ = self.add([self.hashes[0]], to: .others)
        let first = try #require(self.next(.others))
        let tickets = self.add(self.hashes[1...2], to: .others)
        #expect(self.abandon(tickets[0]) == .inLine)
        #expect(self.abandon(tickets[0]) == nil)
        _ = self.finish(first)
        #expect(self.read(.others) == [self.hashes[2]])
    }

    @Test func whoHasWaitedForTooLongIsPassedOverAndNotRead() throws {
        _ = self.add([self.hashes[0]], to: .others)
        let first = try #require(self.next(.others))
        let late = self.add([self.hashes[1]], to: .others)
        self.now = self.now + .seconds(1)
        _ = self.add([self.hashes[2]], to: .others)
        self.now = self.now + .seconds(3)
        _ = self.finish(first)
        #expect(self.read(.others) == [self.hashes[2]])
        #expect(self.abandon(late[0]) == .inLine)
    }

    @Test func aReadingThatNobodyWaitsForMakesRoomForTheNext() throws {
        _ = self.add([self.hashes[0]], to: .others)
        let first = try #require(self.next(.others))
        let tickets = self.add(self.hashes[1...2], to: .others)
        _ = self.finish(first)
        let second = try #require(self.next(.others))
        _ = self.add([self.hashes[3]], to: .others)
        #expect(self.abandon(tickets[0]) == .inReading)
        #expect(self.read(.others) == nil)
        #expect(self.abandon(tickets[1]) == .lastInReading(second.number))
        #expect(self.read(.others) == [self.hashes[3]])
        #expect(self.finish(second).isEmpty)
    }
}
