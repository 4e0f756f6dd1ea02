import NIOCore
package import Workspaces

/// Sessions that nobody has asked for yet, read before the node takes requests.
extension SessionDirectory {
    /// Reads sessions from storage, so that whoever comes with one of them does not wait.
    ///
    /// Each is read as for a request, so it is as fresh as if one had come: an end that is told meanwhile has it read
    /// again, and while changes are not heard it is old after a few seconds. It does not count as used.
    ///
    /// - Parameters:
    ///   - hashes: Which, the most important first.
    ///   - width: How many are read at a time.
    ///   - limit: After how long no further reading begins.
    package func preload(_ hashes: [SessionTokenHash], width: Int, within limit: Duration) async {
        let deadline = self.clock.uptime() + TimeAmount(limit)
        await withTaskGroup(of: Void.self) { group in
            for first in 0..<width {
                group.addTask { await self.preload(hashes, every: width, from: first, until: deadline) }
            }
        }
    }

    private func preload(_ hashes: [SessionTokenHash], every: Int, from first: Int, until deadline: NIODeadline) async {
        for index in stride(from: first, to: hashes.count, by: every) {
            guard !Task.isCancelled, self.clock.uptime() < deadline else { return }
            // Storage that is away is not asked for the others.
            if case .unavailable = await self.joinLoad(hashes[index], in: .requests) { return }
        }
    }
}
