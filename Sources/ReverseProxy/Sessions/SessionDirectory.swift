import FoundationEssentials
import NIOCore
import ServiceLifecycle
import Synchronization
package import Workspaces

/// The sessions that this node knows, in memory; storage is reached through two closures.
///
///     request ── find ──> live            at once, without storage
///                  │
///                  └────> load ──> SessionReader: one reading for all that wait ──> live | none | unavailable
///
///     NOTIFY ── invalidate ──> dropped: connections that remember the entry notice at their next request
///
/// While storage is away, sessions that were checked within `staleLimit` go on; after it, and for sessions that are not
/// in memory, the answer is "unavailable": closed, never open.
package final class SessionDirectory: Service {
    /// Reads sessions from storage.
    ///
    /// It gives none for a hash when there is none or its membership no longer allows it, and a failure for one that cannot
    /// be understood; what it throws concerns all of them.
    package typealias Loader =
        @Sendable (_ hashes: [SessionTokenHash]) async throws -> [SessionTokenHash: Result<Session, any Error>]
    /// Writes when sessions were last used; called with at most one entry a session every flush interval.
    package typealias ActivityRecorder = @Sendable (_ activities: [SessionActivity]) async throws -> Void

    /// The bounds of the directory.
    package struct Settings: Sendable {
        /// The age at which an entry is read again before use while no change is heard (ruling 17).
        package var freshness: Duration
        /// How long known sessions go on while storage does not answer (`SESSION_STALE_LIMIT`).
        package var staleLimit: Duration
        /// How long a session is waited for in all; a reading that has not begun after three quarters of it is not begun.
        package var loadTimeout: Duration
        /// How long "no such session" is believed.
        package var absentLifetime: Duration
        /// How often the times of last use are written.
        package var flushInterval: Duration
        /// The largest number of sessions in memory.
        package var capacity: Int
        /// The largest number of identities in memory, about a kilobyte each, beside those that connections remember.
        package var identityCapacity: Int
        /// The largest number of sessions that requests wait for at once; beyond it the answer is "unavailable".
        ///
        /// Whoever sends invented cookies takes a place for each of them.
        package var maximumLoads: Int
        /// The largest number of readings at once for requests: as many as storage has connections.
        package var maximumReadings: Int
        /// The largest number of readings at once for exchanges that are under way.
        ///
        /// Fewer than storage has connections, so that requests find one.
        package var maximumRereads: Int
        /// The largest number of sessions in one reading.
        package var readingSize: Int

        /// Makes bounds; the defaults are those of `serve`.
        package init(
            freshness: Duration = .seconds(5),
            staleLimit: Duration = .seconds(600),
            loadTimeout: Duration = .seconds(2),
            absentLifetime: Duration = .seconds(2),
            flushInterval: Duration = .seconds(30),
            capacity: Int = 200_000,
            identityCapacity: Int = 20_480,
            maximumLoads: Int = 8_192,
            maximumReadings: Int = 4,
            maximumRereads: Int = 2,
            readingSize: Int = 128
        ) {
            self.freshness = freshness
            self.staleLimit = staleLimit
            self.loadTimeout = loadTimeout
            self.absentLifetime = absentLifetime
            self.flushInterval = flushInterval
            self.capacity = capacity
            self.identityCapacity = identityCapacity
            self.maximumLoads = maximumLoads
            self.maximumReadings = maximumReadings
            self.maximumRereads = maximumRereads
            self.readingSize = readingSize
        }
    }

    private static let shardCount = 16

    let settings: Settings
    let clock: DirectoryClock
    let identityHeaders: IdentityHeaders
    private let tokens: IdentityTokenSource
    /// Counts invalidations, so that a reading that began before one is not believed after it.
    let invalidations = Atomic<Int>(0)
    private let identityGeneration = IdentityGeneration()
    let loads = SessionLoadCounter()
    let loadBound: LoadBound
    let reader: SessionReader
    /// Whether the last reading failed: stale sessions then answer without waiting for the next one.
    let storageIsAway = Atomic<Bool>(false)
    /// The limit of age in nanoseconds: dividing a `Duration` anew for each request would cost as much as the look-up.
    private let freshnessLimit: UInt64
    private let recordActivity: ActivityRecorder
    private let shards: [SessionShard]
    private let listeningSince = Atomic<UInt64>(.max)

    /// Makes an empty directory that hears no changes yet.
    package init(
        settings: Settings = Settings(),
        identityHeaders: IdentityHeaders = .forwarded,
        clock: DirectoryClock = .system,
        tokens: IdentityTokenSource,
        load: @escaping Loader,
        recordActivity: @escaping ActivityRecorder
    ) {
        self.settings = settings
        self.loadBound = LoadBound(limit: max(1, settings.maximumLoads))
        self.reader = SessionReader(settings: settings, load: load)
        self.freshnessLimit = settings.freshness.nanoseconds
        self.identityHeaders = identityHeaders
        self.clock = clock
        self.tokens = tokens
        self.recordActivity = recordActivity
        let capacity = max(1, settings.capacity / Self.shardCount)
        let identityCapacity = max(1, settings.identityCapacity / Self.shardCount)
        self.shards = (0..<Self.shardCount)
            .map { _ in
                SessionShard(capacity: capacity, absentCapacity: 1_024, identityCapacity: identityCapacity)
            }
    }

    /// How many sessions are in memory.
    package var count: Int { self.shards.reduce(0) { $0 + $1.count } }

    /// How often a session was wanted that was not in memory, by what came of it.
    package func loadCounts() -> [SessionLoadOutcome: UInt64] { self.loads.counts }

    /// Drops what an invalidation names; its next request reads it again.
    package func invalidate(_ invalidation: SessionInvalidation) {
        self.invalidations.add(1, ordering: .sequentiallyConsistent)
        for shard in self.shards { shard.drop { $0.isNamed(by: invalidation) } }
    }

    /// Drops every session: for a notification that cannot be read.
    package func invalidateAll() {
        self.invalidations.add(1, ordering: .sequentiallyConsistent)
        for shard in self.shards { shard.drop { _ in true } }
    }

    /// Notes that from now on every change is heard through ``invalidate(_:)``.
    package func listeningBegan() {
        self.listeningSince.store(self.clock.uptime().uptimeNanoseconds, ordering: .releasing)
    }

    /// Notes that changes are no longer heard.
    package func listeningEnded() {
        self.listeningSince.store(.max, ordering: .releasing)
    }

    /// The session of a token's hash, from memory or storage; `nil` when there is none that is valid now.
    ///
    /// - Throws: ``ProxyError/unavailable`` when storage does not answer and what is in memory is too old, or
    ///   too many sessions are wanted at once.
    package func session(for hash: SessionTokenHash) async throws -> Session? {
        switch self.find(hash, uptime: self.clock.uptime().uptimeNanoseconds) {
        case .live(let entry, _): return entry.session
        case .none: return nil
        case .unknown: break
        }
        switch await self.load(hash) {
        case .live(let entry): return entry.session
        case .none: return nil
        case .unavailable: throw ProxyError.unavailable
        }
    }

    /// Writes the times of last use every flush interval, and once more at graceful shutdown; lets go of tokens that
    /// were used up meanwhile.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: self.settings.flushInterval) } catch { break }
                await self.flushActivity()
            }
        }
        await self.flushActivity()
    }

    /// Writes the times of last use that storage does not have, and lets go of tokens that are used up; a failure leaves
    /// the times for the next time.
    package func flushActivity() async {
        let wall = self.clock.wall().milliseconds
        for shard in self.shards {
            let entries = shard.entries
            for entry in entries { entry.forgetStaleIdentities(wall: wall) }
            shard.forgetStaleIdentities(wall: wall)
            let pending = entries.compactMap { entry in entry.unrecordedActivity.map { (entry, $0) } }
            guard !pending.isEmpty else { continue }
            do {
                try await self.recordActivity(pending.map(\.1))
            } catch {
                return
            }
            for (entry, activity) in pending { entry.markRecorded(activity) }
        }
    }

    /// Takes every identity token out of use that was made so far: for a key that upstreams shall not trust any more.
    package func discardIdentityTokens() {
        self.identityGeneration.end()
    }

    /// What the upstream of a route is told of a session, at a time in milliseconds since 1970; `nil` while there is no
    /// key to sign with.
    func identity(of entry: SessionEntry, for rule: ProxySettings.Rule, at wall: Int64) -> RouteIdentity? {
        let generation = self.identityGeneration
        let found = entry.identity(for: rule, at: wall) {
            let number = generation.current
            return self.tokens.sign(entry.session, rule.route.name, Date(milliseconds: wall))
                .map { token in
                    let lines = self.identityHeaders.lines(for: entry.session) + IdentityHeaders.tokenLine(token)
                    return RouteIdentity(rule: rule, lines: lines, madeAt: wall, in: number, of: generation)
                }
        }
        guard let found else { return nil }
        if found.isNew { self.shard(of: entry.session.tokenHash).noteMade(found.identity, of: entry.session) }
        return found.identity
    }

    /// The limits of age at this instant.
    var freshness: SessionFreshness {
        SessionFreshness(
            limit: self.freshnessLimit,
            listeningRefresh: 60_000_000_000,
            listeningSince: self.listeningSince.load(ordering: .acquiring)
        )
    }

    /// The part that a hash belongs to.
    func shard(of hash: SessionTokenHash) -> SessionShard {
        self.shards[hash.hashValue & (Self.shardCount - 1)]
    }
}
