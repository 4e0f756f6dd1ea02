/// Asks name servers for TXT records (RFC 1034, section 5.3.1), over c-ares.
///
/// Each question has a channel of its own and a lane for its few seconds: c-ares is driven by `poll`, which waits. Questions
/// are rare, so that nothing is shared between them.
package struct StubResolver: Sendable {
    private let servers: NameServers
    private let limit: Duration

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - servers: Who is asked.
    ///   - limit: How long one question may take, all servers and attempts together.
    package init(servers: NameServers, limit: Duration = .seconds(5)) {
        self.servers = servers
        self.limit = limit
    }

    /// The TXT records of a name, each with its strings joined (RFC 7208, section 3.3, has the reason).
    ///
    /// The name is asked as it is, without the search list of the system.
    ///
    /// - Returns: The records; none for a name that does not exist or has none.
    /// - Throws: ``ResolutionFailure``.
    package func textRecords(of name: String) async throws(ResolutionFailure) -> [[UInt8]] {
        let question = Question(name: name, servers: self.servers, limit: self.limit)
        guard let answer = await QuestionLanes.shared.run({ question.ask() }) else { throw .busy }
        return try answer.get()
    }
}
