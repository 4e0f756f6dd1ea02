/// What `/ready` answers: whether this node should get traffic, and what stands in the way.
struct ReadinessReport: Hashable, Sendable, Encodable {
    /// One condition of being ready.
    enum Condition: Hashable, Sendable {
        /// It holds.
        case holds

        /// It does not, but traffic may come; the text says what is wrong.
        case degraded(String)

        /// It does not, and traffic should go elsewhere; the text says what is wrong and what to do.
        case fails(String)
    }

    /// Whether the node was not told to stop.
    let running: Condition

    /// Whether the database answers.
    let database: Condition

    /// Whether the database has the schema of this version.
    let migrations: Condition

    /// Whether changes of sessions are heard.
    let sessionChanges: Condition

    /// Whether Portico's own SAML keys are known.
    let samlKeys: Condition

    /// Whether the keys of the identity token are known.
    let identityKeys: Condition

    /// Whether this node should get traffic.
    var isReady: Bool {
        [self.running, self.database, self.migrations, self.sessionChanges, self.samlKeys, self.identityKeys]
            .allSatisfy { condition in
                switch condition {
                case .holds, .degraded: true
                case .fails: false
                }
            }
    }

    private enum CodingKeys: String, CodingKey {
        case status
        case running
        case database
        case migrations
        case sessionChanges = "session_changes"
        case samlKeys = "saml_keys"
        case identityKeys = "identity_keys"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.isReady ? "ready" : "not_ready", forKey: .status)
        try container.encode(self.running, forKey: .running)
        try container.encode(self.database, forKey: .database)
        try container.encode(self.migrations, forKey: .migrations)
        try container.encode(self.sessionChanges, forKey: .sessionChanges)
        try container.encode(self.samlKeys, forKey: .samlKeys)
        try container.encode(self.identityKeys, forKey: .identityKeys)
    }
}

extension ReadinessReport.Condition: Encodable {
    /// Encodes `ok`, or what is wrong.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .holds: try container.encode("ok")
        case .degraded(let text), .fails(let text): try container.encode(text)
        }
    }
}
