import FoundationEssentials
package import Workspaces

extension SessionDirectory {
    /// Does once what the first request of a session costs, and throws it away: the connections to storage are open and
    /// know their statement, and a token has been signed, before the first person comes.
    ///
    /// - Parameters:
    ///   - readings: How many sessions that nobody has are looked for at once, which is one for each connection; storage
    ///     that does not answer is told of elsewhere.
    ///   - session: Whom the token is about; none is signed without.
    package func rehearse(_ readings: Int, signingFor session: Session?) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<readings {
                group.addTask { _ = try? await self.loader(SessionToken.random().hash) }
            }
        }
        guard let session else { return }
        _ = self.lines(for: session, audience: "", at: self.clock.wall())
    }
}
