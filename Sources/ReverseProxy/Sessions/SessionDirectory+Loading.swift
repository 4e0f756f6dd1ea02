import NIOCore
import Synchronization
import Workspaces

extension SessionDirectory {
    /// What memory alone says of a session.
    enum Finding {
        /// The session answers the request, at a time in milliseconds since 1970.
        case live(SessionEntry, at: Int64)
        /// There is no such session, or it is over.
        case none
        /// Storage must be asked.
        case unknown
    }

    /// Looks a session up in memory; `uptime` is the time now, in nanoseconds of the directory's clock.
    func find(_ hash: SessionTokenHash, uptime: UInt64) -> Finding {
        let shard = self.shard(of: hash)
        guard let entry = shard.entry(for: hash) else {
            return shard.isAbsent(hash, uptime: uptime) ? .none : .unknown
        }
        return self.finding(for: entry, uptime: uptime)
    }

    /// Judges an entry at this instant, for a request that found or remembered it.
    func finding(for entry: SessionEntry, uptime: UInt64) -> Finding {
        let wall = self.clock.wall().milliseconds
        switch entry.standing(wall: wall, uptime: uptime, freshness: self.freshness) {
        case .live:
            entry.touch(wall: wall)
            return .live(entry, at: wall)
        case .liveAndDue:
            entry.touch(wall: wall)
            self.refresh(entry)
            return .live(entry, at: wall)
        case .over:
            return .none
        case .mustReload:
            guard self.storageIsAway.load(ordering: .acquiring), self.mayGoOnStale(entry, wall: wall, uptime: uptime)
            else { return .unknown }
            entry.touch(wall: wall)
            self.refresh(entry)
            return .live(entry, at: wall)
        }
    }

    /// Reads a session from storage for a request that needs it.
    ///
    /// A reading that was under way already may have found the session alive before its end; then storage is asked anew.
    func load(_ hash: SessionTokenHash) async -> SessionShard.LoadResult {
        let result = await self.confirm { await self.joinLoad(hash, in: .requests) }
        if case .live(let entry) = result { entry.touch(wall: self.clock.wall().milliseconds) }
        return result
    }

    /// Repeats a reading that found a session which has ended since.
    func confirm(_ load: () async -> SessionShard.LoadResult) async -> SessionShard.LoadResult {
        for _ in 0..<2 {
            let result = await load()
            guard case .live(let entry) = result, entry.hasEnded(wall: self.clock.wall().milliseconds) else {
                return result
            }
        }
        return .none
    }

    /// Begins a reading of storage, or joins the one that is under way, or takes what one has brought just now.
    func joinLoad(_ hash: SessionTokenHash, in line: ReadingQueue.Line) async -> SessionShard.LoadResult {
        let shard = self.shard(of: hash)
        let instant = self.instant
        let access = shard.load(
            hash,
            within: line == .requests ? self.loadBound : nil,
            unless: {
                $0.standing(wall: instant.wall, uptime: instant.uptime, freshness: instant.freshness) == .live
            },
            { await self.read(hash, in: line, into: shard) }
        )
        switch access {
        case .reading(let load):
            // It may have begun for what has more time than a request.
            if line == .requests { self.reader.hurry(hash) }
            return await load.value
        case .found(let entry): return .live(entry)
        case .refused:
            self.loads.count(.refused)
            return .unavailable
        }
    }

    /// Has an entry read again while it goes on answering.
    func refresh(_ entry: SessionEntry) {
        guard entry.beginRefresh() else { return }
        // The request that noticed the entry's age does not wait for this reading.
        Task {
            _ = await self.joinLoad(entry.session.tokenHash, in: .others)
            entry.endRefresh()
        }
    }

    /// Whether an entry may answer although it is too old, while storage is away.
    func mayGoOnStale(_ entry: SessionEntry, wall: Int64, uptime: UInt64) -> Bool {
        entry.isWithinLimits(wall: wall) && uptime &- entry.checkedAt <= self.settings.staleLimit.nanoseconds
    }

    private func read(
        _ hash: SessionTokenHash,
        in line: ReadingQueue.Line,
        into shard: SessionShard
    ) async -> SessionShard.LoadResult {
        defer { shard.finishLoad(hash) }
        let previous = shard.entry(for: hash)
        var checkedAt: UInt64 = 0
        var believed: Int?
        var session: Session?
        // A change that is told while storage is being read may be missing from what is read: read again. When changes
        // keep coming, the last reading answers but counts as old, so that the next request reads once more.
        for _ in 0..<3 {
            let invalidations = self.invalidations.load(ordering: .sequentiallyConsistent)
            let began = self.clock.uptime().uptimeNanoseconds
            do {
                session = try await self.reader.read(hash, in: line)
            } catch SessionReader.Failure.notBegun {
                // Too many are wanted at once, which says nothing of storage.
                self.loads.count(.refused)
                return .unavailable
            } catch {
                return self.failedLoad(previous)
            }
            guard self.invalidations.load(ordering: .sequentiallyConsistent) != invalidations else {
                checkedAt = began
                believed = invalidations
                break
            }
        }
        self.storageIsAway.store(false, ordering: .releasing)
        // What this node saw of the person may not have been written yet; and what it sees from now on is later than this.
        let now = self.clock.wall()
        if let previous, let known = session { session?.lastSeenAt = max(known.lastSeenAt, previous.lastSeenAt) }
        guard let session, session.validity(at: now) == .valid else {
            let lifetime = self.settings.absentLifetime.nanoseconds
            shard.markAbsent(hash, until: self.clock.uptime().uptimeNanoseconds + lifetime)
            self.loads.count(.absent)
            return .none
        }
        let entry = SessionEntry(
            session: session,
            checkedAt: checkedAt,
            replacing: previous
        )
        shard.insert(entry)
        // The older entry took requests until now.
        if let previous { entry.touch(wall: previous.lastSeenAt.milliseconds) }
        // A change that was told between the last look and the insertion found nothing to drop: this request is answered,
        // the next one reads again.
        if believed != self.invalidations.load(ordering: .sequentiallyConsistent) { entry.drop() }
        self.loads.count(.found)
        return .live(entry)
    }

    private func failedLoad(_ previous: SessionEntry?) -> SessionShard.LoadResult {
        self.storageIsAway.store(true, ordering: .releasing)
        self.loads.count(.failed)
        let wall = self.clock.wall().milliseconds
        guard let previous,
            self.mayGoOnStale(previous, wall: wall, uptime: self.clock.uptime().uptimeNanoseconds)
        else { return .unavailable }
        return .live(previous)
    }
}
