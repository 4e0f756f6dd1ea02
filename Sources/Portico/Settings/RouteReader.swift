import ReverseProxy
import Workspaces

/// Reads one entry of `routes` (rulings 16).
struct RouteReader {
    private var entry: YAMLMapping
    private let roles: RoleCatalogue
    private let prefix: String

    /// Reads `entry`; its roles must be in the catalogue, its paths outside the reserved prefix.
    init(_ entry: YAMLMapping, roles: RoleCatalogue, prefix: String) {
        self.entry = entry
        self.roles = roles
        self.prefix = prefix
    }

    /// The route; nil where it has no usable name or upstream.
    ///
    /// Every mistake is reported.
    consuming func read(mistakes: inout [SettingMistake]) -> Route? {
        if self.entry.node("name") == nil {
            self.refuse("name", "is missing", "name the route; the name is the audience of its tokens", &mistakes)
        }
        let name = self.entry.value("name", mistakes: &mistakes, parse: Self.name)
        let upstreams = Self.readUpstreams(of: &self.entry, mistakes: &mistakes)
        var route = Route(name: name ?? "", upstreams: upstreams)
        route.host = self.entry.value("host", mistakes: &mistakes, parse: Self.host)
        if let path = self.readPathPrefix(mistakes: &mistakes) { route.pathPrefix = path }
        if let strips = self.entry.value("strip_prefix", mistakes: &mistakes, parse: SettingSyntax.flag) {
            route.stripPrefix = strips
        }
        if let authentication: Route.Authentication = self.entry.value(
            "auth",
            mistakes: &mistakes,
            parse: SettingSyntax.word
        ) {
            route.authentication = authentication
        }
        route.roles = self.readRoles(mistakes: &mistakes)
        route.methods = self.readMethods(mistakes: &mistakes)
        route.upgradeOrigins = self.readUpgradeOrigins(mistakes: &mistakes)
        self.readTimeouts(into: &route, mistakes: &mistakes)
        self.readLimits(into: &route, mistakes: &mistakes)
        self.readWorkspaces(into: &route, mistakes: &mistakes)
        self.readTLS(into: &route, mistakes: &mistakes)
        if route.authentication == .none, route.roles != nil {
            self.refuse("roles", "are listed although auth is none", "require a session, or remove them", &mistakes)
        }
        mistakes += self.entry.unknownKeys()
        return name == nil || upstreams.isEmpty ? nil : route
    }

    // MARK: - Parts

    private static func readUpstreams(
        of entry: inout YAMLMapping,
        mistakes: inout [SettingMistake]
    ) -> [UpstreamURL] {
        guard let texts = entry.texts("upstreams", mistakes: &mistakes), !texts.isEmpty else {
            let problem = SettingProblem("are missing", "list at least one URL such as http://127.0.0.1:3000")
            mistakes.append(entry.mistake("upstreams", problem))
            return []
        }
        return Self.parse("upstreams", of: entry, texts, mistakes: &mistakes, RouteSettings.upstream)
    }

    private mutating func readWorkspaces(into route: inout Route, mistakes: inout [SettingMistake]) {
        guard var workspaces = self.entry.mapping("workspaces", mistakes: &mistakes) else { return }
        for name in workspaces.names {
            guard var entry = workspaces.mapping(name, mistakes: &mistakes) else { continue }
            let upstreams = Self.readUpstreams(of: &entry, mistakes: &mistakes)
            mistakes += entry.unknownKeys()
            guard let company = CompanyID(name) else {
                let problem = SettingProblem("is not a Company ID", "write the Company ID of a workspace")
                mistakes.append(workspaces.mistake(name, problem))
                continue
            }
            guard !route.workspaces.keys.contains(where: { $0.folded == company.folded }) else {
                let problem = SettingProblem("is there twice", "join the two: case makes no difference")
                mistakes.append(workspaces.mistake(name, problem))
                continue
            }
            route.workspaces[company] = upstreams
        }
        guard route.authentication == .none else { return }
        self.refuse("workspaces", "are listed although auth is none", "require a session, or remove them", &mistakes)
    }

    private mutating func readPathPrefix(mistakes: inout [SettingMistake]) -> String? {
        let prefix = self.prefix
        return self.entry.value("path_prefix", mistakes: &mistakes) { text throws(SettingProblem) in
            let trimmed = text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
            guard trimmed.hasPrefix("/"), !trimmed.contains("//"), !trimmed.contains("?"), !trimmed.contains("#") else {
                throw SettingProblem("is not a path prefix", "write one such as /reports")
            }
            guard trimmed != prefix, !trimmed.hasPrefix(prefix + "/") else {
                throw SettingProblem("lies under the reserved prefix \(prefix)", "choose another path, or PREFIX")
            }
            return trimmed
        }
    }

    private mutating func readRoles(mistakes: inout [SettingMistake]) -> Set<Role>? {
        guard let names = self.entry.texts("roles", mistakes: &mistakes) else { return nil }
        let catalogue = self.roles
        return Set(
            Self.parse("roles", of: self.entry, names, mistakes: &mistakes) { name throws(SettingProblem) in
                guard let role = catalogue.role(named: name) else {
                    let known = catalogue.roles.map(\.name).joined(separator: ", ")
                    throw SettingProblem("has a role that does not exist", "choose from \(known)")
                }
                return role
            }
        )
    }

    private mutating func readMethods(mistakes: inout [SettingMistake]) -> Set<String>? {
        guard let names = self.entry.texts("methods", mistakes: &mistakes) else { return nil }
        return Set(
            Self.parse("methods", of: self.entry, names, mistakes: &mistakes) { name throws(SettingProblem) in
                guard !name.isEmpty, name.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x2D }) else {
                    throw SettingProblem("has an entry that is no HTTP method", "write GET, POST and so on")
                }
                return name
            }
        )
    }

    private mutating func readUpgradeOrigins(mistakes: inout [SettingMistake]) -> Set<String> {
        guard let texts = self.entry.texts("upgrade_origins", mistakes: &mistakes) else { return [] }
        return Set(
            Self.parse("upgrade_origins", of: self.entry, texts, mistakes: &mistakes) { text throws(SettingProblem) in
                guard let url = try? WebURL.parse(text), url.path.isEmpty else {
                    throw SettingProblem("has an entry that is no origin", "write one such as https://app.example.com")
                }
                return url.origin
            }
        )
    }

    private mutating func readTimeouts(into route: inout Route, mistakes: inout [SettingMistake]) {
        guard var timeouts = self.entry.mapping("timeouts", mistakes: &mistakes) else { return }
        let limits = Duration.milliseconds(1)...Duration.seconds(86_400)
        func read(_ key: String, _ mistakes: inout [SettingMistake]) -> Duration? {
            timeouts.value(key, mistakes: &mistakes) { text throws(SettingProblem) in
                try SettingSyntax.duration(text, in: limits)
            }
        }
        route.timeouts.connect = read("connect", &mistakes) ?? route.timeouts.connect
        route.timeouts.firstByte = read("first_byte", &mistakes) ?? route.timeouts.firstByte
        route.timeouts.idle = read("idle", &mistakes) ?? route.timeouts.idle
        route.timeouts.total = read("total", &mistakes)
        route.timeouts.tunnel = read("tunnel", &mistakes) ?? route.timeouts.tunnel
        mistakes += timeouts.unknownKeys()
    }

    private mutating func readLimits(into route: inout Route, mistakes: inout [SettingMistake]) {
        guard var limits = self.entry.mapping("limits", mistakes: &mistakes) else { return }
        route.maximumBodySize = limits.value("body", mistakes: &mistakes, parse: ByteCountSyntax.parse)
        route.maximumHeadSize = limits.value("header", mistakes: &mistakes) { text throws(SettingProblem) in
            let size = try ByteCountSyntax.parse(text)
            guard (256...32_768).contains(size) else {
                throw SettingProblem("is outside 256 to 32KiB", "write a size within that range")
            }
            return size
        }
        route.maximumInFlight = limits.value("in_flight", mistakes: &mistakes) { text throws(SettingProblem) in
            try SettingSyntax.count(text, in: 1...1_000_000)
        }
        let rate = limits.value("body_rate", mistakes: &mistakes, parse: ByteCountSyntax.parse)
        route.minimumBodyRate = rate ?? route.minimumBodyRate
        mistakes += limits.unknownKeys()
    }

    private mutating func readTLS(into route: inout Route, mistakes: inout [SettingMistake]) {
        guard let tls = self.entry.mapping("tls", mistakes: &mistakes) else { return }
        route.tls = UpstreamTLSReader(tls).read(mistakes: &mistakes)
        let upstreams = route.allUpstreams
        guard !upstreams.isEmpty, !upstreams.contains(where: \.scheme.isTLS) else { return }
        self.refuse(
            "tls",
            "is set although no upstream is https or h2",
            "write https:// or h2:// there, or remove it",
            &mistakes
        )
    }

    // MARK: - Helpers

    private static func parse<Value>(
        _ key: String,
        of entry: YAMLMapping,
        _ texts: [String],
        mistakes: inout [SettingMistake],
        _ parse: (String) throws(SettingProblem) -> Value
    ) -> [Value] {
        texts.compactMap { text in
            do throws(SettingProblem) {
                return try parse(text)
            } catch {
                mistakes.append(entry.mistake(key, error))
                return nil
            }
        }
    }

    private func refuse(_ key: String, _ problem: String, _ remedy: String, _ mistakes: inout [SettingMistake]) {
        mistakes.append(self.entry.mistake(key, SettingProblem(problem, remedy)))
    }

    private static func name(_ text: String) throws(SettingProblem) -> String {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw SettingProblem("is not a name", "write 1 to 64 visible ASCII characters without spaces")
        }
        return text
    }

    private static func host(_ text: String) throws(SettingProblem) -> String {
        guard let url = try? WebURL.parse("http://" + text), url.origin == "http://" + text.lowercased() else {
            throw SettingProblem("is not a host", "write a host name without scheme and port")
        }
        return url.host
    }
}
