/// How old what is in memory may be, at one instant.
///
/// While this node hears every change (it listens), an entry that was read since listening began is current, whatever
/// its age. Otherwise an entry older than the limit is read again before it answers (ruling 17: no cache is older than
/// five seconds), and one older than half of it is read again in the background, so that busy sessions never wait.
struct SessionFreshness: Sendable {
    /// The limit of age while nothing is heard, in nanoseconds.
    let limit: UInt64
    /// The age at which an entry is read again in the background although changes are heard, in nanoseconds.
    let listeningRefresh: UInt64
    /// When listening began, in nanoseconds of uptime; `UInt64.max` while nothing is heard.
    let listeningSince: UInt64

    /// Whether an entry answers without a reading.
    func isFresh(checkedAt: UInt64, uptime: UInt64) -> Bool {
        checkedAt >= self.listeningSince || uptime &- checkedAt <= self.limit
    }

    /// Whether a fresh entry should be read again in the background.
    func isDue(checkedAt: UInt64, uptime: UInt64) -> Bool {
        let age = uptime &- checkedAt
        return checkedAt >= self.listeningSince ? age > self.listeningRefresh : age > self.limit / 2
    }
}
