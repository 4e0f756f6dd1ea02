import NIOCore

/// Choosing among the upstreams of a group.
extension LoopContext {
    /// Chooses the upstream for a request.
    ///
    /// An upstream whose trial is due goes first. Otherwise it is the one with the fewest requests of this event loop, and
    /// of several such ones the next in turn; those that are set aside count only where no other is left, since trying them
    /// is better than not trying.
    ///
    /// - Parameters:
    ///   - group: The upstreams.
    ///   - tried: A bit for each place in the group that is not to be chosen.
    ///   - patience: How long the request waits for an answer.
    /// - Returns: The place in the group; `nil` when none is left.
    func chooseUpstream(of group: UpstreamGroup, tried: UInt64, patience: TimeAmount) -> Int? {
        let count = group.origins.count
        var best: Int?
        var leastLoad = Int.max
        var isBestGood = false
        var place = self.turns[group.index]
        for _ in 0..<count {
            defer { place = place + 1 == count ? 0 : place + 1 }
            guard tried & (1 << UInt64(place)) == 0 else { continue }
            let pool = self.pools[group.origins[place]]
            let isGood: Bool
            switch pool.health.standing(at: self.now) {
            case .good: isGood = true
            case .aside: isGood = false
            case .due:
                pool.health.beginTrial(at: self.now, patience: patience)
                return place
            }
            guard isGood || !isBestGood else { continue }
            guard pool.busyCount < leastLoad || isGood != isBestGood else { continue }
            best = place
            leastLoad = pool.busyCount
            isBestGood = isGood
        }
        if let best { self.turns[group.index] = best + 1 == count ? 0 : best + 1 }
        return best
    }
}
