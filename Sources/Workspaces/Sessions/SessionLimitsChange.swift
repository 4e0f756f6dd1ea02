/// The limits that somebody wants the sessions of a workspace to have, as typed: minutes, or nothing for the
/// installation's (behavior S1).
package struct SessionLimitsChange: Hashable, Sendable {
    /// The greatest age of a session.
    package var maxAge: String
    /// The longest time between two requests.
    package var maxIdle: String

    /// The least that a limit may be: a session that ends sooner signs nobody in.
    package static let least = Duration.seconds(300)

    /// Takes what was typed.
    package init(maxAge: String, maxIdle: String) {
        self.maxAge = maxAge
        self.maxIdle = maxIdle
    }

    /// Writes the limits of a workspace as they are typed.
    package init(_ workspace: Workspace) {
        let minutes = { (limit: Duration?) in limit.map { "\($0.components.seconds / 60)" } ?? "" }
        self.init(maxAge: minutes(workspace.sessionMaxAge), maxIdle: minutes(workspace.sessionMaxIdle))
    }

    /// Checks the change and makes the workspace that results.
    ///
    /// - Parameters:
    ///   - current: The workspace as it is.
    ///   - installation: The limits of the installation, which no workspace may go beyond.
    /// - Returns: The workspace with the new limits.
    /// - Throws: All mistakes together.
    func applied(
        to current: Workspace,
        within installation: SessionLimits
    ) throws(ConfigurationMistakes) -> Workspace {
        var mistakes: [ConfigurationMistakes.Mistake] = []
        let maxAge = Self.limit(self.maxAge, upTo: installation.maxAge, "max_session_age", &mistakes)
        let maxIdle = Self.limit(self.maxIdle, upTo: installation.maxIdle, "max_time_between_activity", &mistakes)
        if let maxAge, let maxIdle, maxIdle > maxAge {
            mistakes.append(
                .init(
                    field: "max_time_between_activity",
                    message:
                        "It is longer than the longest session, so it would never count. Give at most \(self.maxAge)."
                )
            )
        }
        try ConfigurationMistakes.check(mistakes)
        var new = current
        new.sessionMaxAge = maxAge
        new.sessionMaxIdle = maxIdle
        return new
    }

    private static func limit(
        _ text: String,
        upTo most: Duration,
        _ field: String,
        _ mistakes: inout [ConfigurationMistakes.Mistake]
    ) -> Duration? {
        let text = XMLWhitespace.trimming(text)
        guard !text.isEmpty else { return nil }
        let range = min(Self.least, most)...most
        guard text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let minutes = Int(text),
            range.contains(.seconds(minutes * 60))
        else {
            let bounds = "\(range.lowerBound.components.seconds / 60) to \(most.components.seconds / 60)"
            mistakes.append(
                .init(field: field, message: "Give whole minutes, \(bounds), or leave it empty for the installation’s.")
            )
            return nil
        }
        return .seconds(minutes * 60)
    }
}
