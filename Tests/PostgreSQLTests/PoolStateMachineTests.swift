import Testing

@testable import PostgreSQL

@Suite("Who gets which connection")
struct PoolStateMachineTests {
    private typealias Machine = PoolStateMachine<String>

    private let start = ContinuousClock.now

    @Test func connectionsAreOpenedUpToTheCapacityAndThenWaitedFor() {
        var machine = Machine(capacity: 2, maximumWaiters: 10)
        #expect(machine.acquire(1, now: self.start).isWait(opening: true))
        #expect(machine.acquire(2, now: self.start).isWait(opening: true))
        #expect(machine.acquire(3, now: self.start).isWait(opening: false))
    }

    @Test func whoWaitsLongestIsServedFirst() {
        var machine = Machine(capacity: 1, maximumWaiters: 10)
        _ = machine.acquire(1, now: self.start)
        _ = machine.acquire(2, now: self.start)
        _ = machine.acquire(3, now: self.start)
        #expect(machine.opened("a", now: self.start).leasedTo == 1)
        #expect(machine.release("a", isUsable: true, now: self.start).leasedTo == 2)
        #expect(machine.release("a", isUsable: true, now: self.start).leasedTo == 3)
        #expect(machine.release("a", isUsable: true, now: self.start).isParked)
    }

    @Test func whoGaveUpIsPassedOver() {
        var machine = Machine(capacity: 1, maximumWaiters: 10)
        _ = machine.acquire(1, now: self.start)
        _ = machine.acquire(2, now: self.start)
        let waited = machine.abandon(1)
        let stillWaited = machine.abandon(1)
        #expect(waited)
        #expect(!stillWaited)
        #expect(machine.opened("a", now: self.start).leasedTo == 2)
    }

    @Test func everyConnectionIsCountedWhereItIs() {
        var machine = Machine(capacity: 3, maximumWaiters: 10)
        for waiter in 1...5 { _ = machine.acquire(UInt64(waiter), now: self.start) }
        #expect(machine.counts == PoolCounts(capacity: 3, leased: 0, idle: 0, opening: 3, waiting: 5))
        for name in ["a", "b"] { _ = machine.opened(name, now: self.start) }
        #expect(machine.counts == PoolCounts(capacity: 3, leased: 2, idle: 0, opening: 1, waiting: 3))
        _ = machine.openingFailed(.poolClosed, now: self.start)
        for waiter in 3...5 { _ = machine.abandon(UInt64(waiter)) }
        _ = machine.release("a", isUsable: true, now: self.start)
        #expect(machine.counts == PoolCounts(capacity: 3, leased: 1, idle: 1, opening: 0, waiting: 0))
        _ = machine.release("b", isUsable: false, now: self.start)
        #expect(machine.counts == PoolCounts(capacity: 3, leased: 0, idle: 1, opening: 0, waiting: 0))
    }

    @Test func theLatestParkedConnectionIsLentFirst() {
        var machine = Machine(capacity: 2, maximumWaiters: 10)
        _ = machine.acquire(1, now: self.start)
        _ = machine.acquire(2, now: self.start)
        _ = machine.opened("a", now: self.start)
        _ = machine.opened("b", now: self.start)
        _ = machine.release("a", isUsable: true, now: self.start)
        _ = machine.release("b", isUsable: true, now: self.start)
        #expect(machine.acquire(3, now: self.start).leased == "b")
    }

    @Test func tooManyWaitersAreTurnedAway() {
        var machine = Machine(capacity: 1, maximumWaiters: 1)
        _ = machine.acquire(1, now: self.start)
        #expect(machine.acquire(2, now: self.start).failure == .tooManyWaiters)
    }

    @Test func aBrokenConnectionIsReplacedForWhoWaits() {
        var machine = Machine(capacity: 1, maximumWaiters: 10)
        _ = machine.acquire(1, now: self.start)
        _ = machine.opened("a", now: self.start)
        _ = machine.acquire(2, now: self.start)
        guard case .discard("a", opening: true, failing: [], _) = machine.release("a", isUsable: false, now: self.start)
        else {
            Issue.record("not replaced")
            return
        }
        #expect(machine.opened("b", now: self.start).leasedTo == 2)
    }

    @Test func aFailureToOpenFailsAllWhoWaitAndOpensTheCircuit() {
        var machine = Machine(capacity: 1, maximumWaiters: 10)
        _ = machine.acquire(1, now: self.start)
        _ = machine.acquire(2, now: self.start)
        let error = PostgreSQLError.unavailable("down")
        guard
            case .discard(nil, opening: false, failing: [1, 2], error) = machine.openingFailed(error, now: self.start)
        else {
            Issue.record("not failed")
            return
        }
        #expect(machine.acquire(3, now: self.start).failure == error)
        // After the pause one attempt is made, and only one.
        let later = self.start + .milliseconds(100)
        #expect(machine.acquire(4, now: later).isWait(opening: true))
        #expect(machine.acquire(5, now: later).isWait(opening: false))
        #expect(machine.opened("a", now: later).leasedTo == 4)
    }

    @Test func thePauseGrowsWithEachFailureUpToALimit() {
        var machine = Machine(capacity: 1, maximumWaiters: 10)
        var now = self.start
        var pauses: [Duration] = []
        for waiter in UInt64(0)..<8 {
            _ = machine.acquire(waiter, now: now)
            _ = machine.openingFailed(.unavailable("down"), now: now)
            var pause = Duration.zero
            while machine.acquire(99, now: now + pause).failure != nil {
                pause += .milliseconds(100)
            }
            _ = machine.abandon(99)
            _ = machine.openingFailed(.unavailable("down"), now: now + pause)
            pauses.append(pause)
            now = now + .seconds(60)
        }
        #expect(pauses == pauses.sorted())
        #expect(pauses.first == .milliseconds(100))
        #expect(pauses.last == .seconds(2))
    }

    @Test func aFailureToOpenLeavesThoseWaitingWhoCanStillBeServed() {
        var machine = Machine(capacity: 2, maximumWaiters: 10)
        _ = machine.acquire(1, now: self.start)
        _ = machine.opened("a", now: self.start)
        _ = machine.acquire(2, now: self.start)
        guard case .discard(_, _, failing: [], _) = machine.openingFailed(.unavailable("full"), now: self.start) else {
            Issue.record("the waiter was failed")
            return
        }
        #expect(machine.release("a", isUsable: true, now: self.start).leasedTo == 2)
    }

    @Test func afterTheEndNothingIsLent() {
        var machine = Machine(capacity: 2, maximumWaiters: 10)
        _ = machine.acquire(1, now: self.start)
        _ = machine.opened("a", now: self.start)
        _ = machine.acquire(2, now: self.start)
        let end = machine.shutDown()
        #expect(end.items.isEmpty)
        #expect(end.waiters == [2])
        #expect(machine.acquire(3, now: self.start).failure == .poolClosed)
        guard case .discard("a", opening: false, failing: [], _) = machine.release("a", isUsable: true, now: self.start)
        else {
            Issue.record("kept")
            return
        }
    }
}

extension PoolStateMachine.AcquireAction {
    fileprivate var failure: PostgreSQLError? {
        guard case .fail(let error) = self else {
            return nil
        }
        return error
    }

    fileprivate var leased: Item? {
        guard case .lease(let item, _) = self else {
            return nil
        }
        return item
    }

    fileprivate func isWait(opening: Bool) -> Bool {
        guard case .wait(let isOpening) = self else {
            return false
        }
        return isOpening == opening
    }
}

extension PoolStateMachine.HandOver {
    fileprivate var leasedTo: PoolStateMachine.WaiterID? {
        guard case .lease(_, let waiter) = self else {
            return nil
        }
        return waiter
    }

    fileprivate var isParked: Bool {
        guard case .parked = self else {
            return false
        }
        return true
    }
}
