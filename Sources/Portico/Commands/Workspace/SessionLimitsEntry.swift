import Workspaces

/// How long the sessions of a workspace live, as a file wants it.
struct SessionLimitsEntry: Hashable, Sendable {
    /// One limit.
    enum Limit: Hashable, Sendable {
        /// So many minutes.
        case minutes(Int)
        /// What the installation has.
        case installation

        /// The limit as it is typed into the settings.
        fileprivate var text: String {
            switch self {
            case .minutes(let minutes): "\(minutes)"
            case .installation: ""
            }
        }
    }

    /// The greatest age; nil where the file says nothing of it.
    let maxAge: Limit?
    /// The longest time between two requests; nil where the file says nothing of it.
    let maxIdle: Limit?

    /// The limits that a workspace would have.
    func change(of workspace: Workspace) -> SessionLimitsChange {
        var change = SessionLimitsChange(workspace)
        change.maxAge = self.maxAge?.text ?? change.maxAge
        change.maxIdle = self.maxIdle?.text ?? change.maxIdle
        return change
    }
}

extension SessionLimitsEntry {
    /// Reads the keys of an entry; nil where it has none of them.
    ///
    /// A limit that is null is the installation's.
    init?(_ entry: inout YAMLMapping, mistakes: inout [SettingMistake]) {
        self.maxAge = Self.limit("max_session_age", &entry, &mistakes)
        self.maxIdle = Self.limit("max_time_between_activity", &entry, &mistakes)
        guard self.maxAge != nil || self.maxIdle != nil else { return nil }
    }

    private static func limit(
        _ key: String,
        _ entry: inout YAMLMapping,
        _ mistakes: inout [SettingMistake]
    ) -> Limit? {
        guard !entry.isNull(key) else { return .installation }
        return entry.value(key, mistakes: &mistakes) { text throws(SettingProblem) in
            let minutes = try DurationSyntax.parse(text) / .seconds(60)
            guard minutes >= 1, minutes == minutes.rounded(), minutes < 10_000_000 else {
                throw SettingProblem("is not a number of whole minutes", "write one such as 90m or 8h")
            }
            return .minutes(Int(minutes))
        }
    }
}
