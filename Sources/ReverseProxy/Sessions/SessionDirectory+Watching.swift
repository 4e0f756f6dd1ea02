import NIOCore
import Synchronization
import Workspaces

/// Sessions of exchanges that are under way, which are looked at again and again without being used.
extension SessionDirectory {
    /// This instant.
    var instant: SessionInstant {
        SessionInstant(
            wall: self.clock.wall().milliseconds,
            uptime: self.clock.uptime().uptimeNanoseconds,
            freshness: self.freshness
        )
    }

    /// Judges the session of an entry, as memory has it now; looking is no activity of the person.
    func finding(forWatched entry: SessionEntry, at instant: SessionInstant) -> Finding {
        let hash = entry.session.tokenHash
        guard let current = entry.isCurrent ? entry : self.shard(of: hash).entry(for: hash) else {
            return self.shard(of: hash).isAbsent(hash, uptime: instant.uptime) ? .none : .unknown
        }
        // The person may have been active on the older entry after the newer one was made.
        if current !== entry { current.touch(wall: entry.lastSeenAt.milliseconds) }
        switch current.standing(wall: instant.wall, uptime: instant.uptime, freshness: instant.freshness) {
        case .live:
            return .live(current, at: instant.wall)
        case .liveAndDue:
            self.refresh(current)
            return .live(current, at: instant.wall)
        case .over:
            return .none
        case .mustReload:
            guard self.storageIsAway.load(ordering: .acquiring),
                self.mayGoOnStale(current, wall: instant.wall, uptime: instant.uptime)
            else { return .unknown }
            self.refresh(current)
            return .live(current, at: instant.wall)
        }
    }

    /// Reads a session from storage for an exchange that is under way.
    ///
    /// It was good a moment ago, so it does not count against the bound on readings, which is there for invented cookies:
    /// a change that concerns a thousand tunnels has them all read. They have a line of their own, so that requests find
    /// storage free for theirs.
    func reread(_ hash: SessionTokenHash) async -> SessionShard.LoadResult {
        await self.confirm { await self.joinLoad(hash, in: .others) }
    }
}
