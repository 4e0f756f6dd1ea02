import Foundation

/// The three places in which settings are given, as one invocation of the program finds them.
struct SettingsInput: Sendable {
    /// The flags, by setting.
    var flags: [SettingKey: String]

    /// The environment.
    var environment: [String: String]

    init(flags: [SettingKey: String] = [:], environment: [String: String]) {
        self.flags = flags
        self.environment = environment
    }

    /// What `serve` needs.
    ///
    /// - Throws: ``SettingsMistakes`` with everything that is wrong.
    func settings() throws(SettingsMistakes) -> Settings {
        var mistakes: [SettingMistake] = []
        let file = self.file(mistakes: &mistakes)
        var reader = self.reader(file: file, mistakes: mistakes)
        let listener = ListenerSettings(reader: &reader)
        let database = DatabaseSettings(reader: &reader)
        let members = MemberSettings(reader: &reader)
        let prefix = listener?.prefix ?? ListenerSettings.defaultPrefix
        let routing = RouteSettings(reader: &reader, entries: file?.routes, roles: members.roles, prefix: prefix)
        let saml = SAMLSettings(reader: &reader)
        let sessions = SessionSettings(reader: &reader)
        let secretKeys = SecretKeySettings.read(.required, reader: &reader)
        let auditRetention = reader.value(.auditRetention, default: .seconds(400 * 86_400)) {
            text throws(SettingProblem) in
            try SettingSyntax.duration(text, in: Duration.seconds(86_400)...Duration.seconds(3650 * 86_400))
        }
        let fetches = FetchSettings(reader: &reader)
        let mail = MailSettings(reader: &reader)
        let log = LogSettings(reader: &reader)
        guard reader.mistakes.isEmpty, let listener, let database, let routing, let saml, let secretKeys else {
            throw SettingsMistakes(mistakes: reader.mistakes)
        }
        return Settings(
            listener: listener,
            database: database,
            routing: routing,
            sessions: sessions,
            saml: saml,
            members: members,
            secretKeys: secretKeys,
            auditRetention: auditRetention,
            fetches: fetches,
            mail: mail,
            log: log,
            fingerprint: SettingsFingerprint(reader: &reader)
        )
    }

    /// What the operator's commands need; settings of the listeners and routes are not looked at.
    ///
    /// - Throws: ``SettingsMistakes`` with everything that is wrong.
    func operatorSettings() throws(SettingsMistakes) -> OperatorSettings {
        var mistakes: [SettingMistake] = []
        let file = self.file(mistakes: &mistakes)
        var reader = self.reader(file: file, mistakes: mistakes)
        let database = DatabaseSettings(reader: &reader)
        let publicURL = reader.value(.publicURL, parse: WebURL.parse)
        let prefix = reader.value(.prefix, default: ListenerSettings.defaultPrefix, parse: ListenerSettings.parsePrefix)
        let members = MemberSettings(reader: &reader)
        let saml = SAMLSettings(reader: &reader)
        let sessions = SessionSettings(reader: &reader)
        let secretKeys = SecretKeySettings.read(.optional, reader: &reader)
        let fetches = FetchSettings(reader: &reader)
        let mail = MailSettings(reader: &reader)
        let log = LogSettings(reader: &reader)
        guard reader.mistakes.isEmpty, let database, let saml else {
            throw SettingsMistakes(mistakes: reader.mistakes)
        }
        return OperatorSettings(
            database: database,
            publicURL: publicURL,
            prefix: prefix,
            saml: saml,
            members: members,
            sessions: sessions,
            secretKeys: secretKeys,
            fetches: fetches,
            mail: mail,
            log: log
        )
    }

    /// The `PORTICO_…` variables that name no setting: probably mistyped, but also what Kubernetes adds for a service
    /// called `portico`, so they are told and not refused.
    var unknownVariables: [String] {
        let known = SettingKey.allCases.flatMap { key in
            key.definition.sensitivity == .secret
                ? [key.environmentName, key.environmentName + "_FILE"] : [key.environmentName]
        }
        let ofKubernetes = ["PORTICO_PORT", "PORTICO_SERVICE_"]
        return self.environment.keys
            .filter { name in
                name.hasPrefix("PORTICO_") && !known.contains(name) && !ofKubernetes.contains(where: name.hasPrefix)
            }
            .sorted()
    }

    // MARK: - Sources

    private func file(mistakes: inout [SettingMistake]) -> SettingsFile? {
        let path = self.flags[.config] ?? self.environment[SettingKey.config.environmentName]
        guard let path, !path.isEmpty else { return nil }
        return SettingsFile(path: path, mistakes: &mistakes)
    }

    private func reader(file: SettingsFile?, mistakes: [SettingMistake]) -> SettingsReader {
        var sources: [SettingsSource] = [.flags(self.flags), .environment(self.environment)]
        if let file { sources.append(.file(file.values, path: file.path)) }
        return SettingsReader(sources: sources, mistakes: mistakes)
    }
}
