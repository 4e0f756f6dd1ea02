import Workspaces

/// The identities that were made last, in a ring: which sessions keep what upstreams are told, and which make it anew.
///
/// With its token it is the larger part of what a session takes in memory, and most sessions are idle most of the time.
/// Connections hold on to what they sent last, so a session that is forgotten here makes another only when it comes over
/// another connection.
struct RecentIdentities {
    /// One of them, and the session that it is about.
    struct Made {
        let session: SessionTokenHash
        let identity: RouteIdentity
    }

    private let capacity: Int
    private var ring: [Made] = []
    /// The oldest, once the ring is full.
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Adds one.
    ///
    /// - Returns: The oldest, which is in the ring no more, when there were too many.
    mutating func add(_ made: Made) -> Made? {
        guard self.ring.count >= self.capacity else {
            self.ring.append(made)
            return nil
        }
        let oldest = self.ring[self.oldest]
        self.ring[self.oldest] = made
        self.oldest = (self.oldest + 1) % self.capacity
        return oldest
    }

    /// Lets go of those that may not be told again, at a time in milliseconds since 1970.
    mutating func forgetStale(wall: Int64) {
        self.ring = (self.ring[self.oldest...] + self.ring[..<self.oldest]).filter { $0.identity.isUsable(at: wall) }
        self.oldest = 0
    }
}
