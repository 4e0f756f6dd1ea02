import ReverseProxy
import Workspaces

/// The applications behind the gateway.
struct RouteSettings: Sendable {
    /// At least one route.
    let table: RouteTable

    /// Which names carry a person's identity to the applications.
    let identityHeaders: IdentityHeaders

    /// Reads `UPSTREAM` or the file's `routes`: one of them, not both.
    init?(reader: inout SettingsReader, entries: [YAMLMapping]?, roles: RoleCatalogue, prefix: String) {
        self.identityHeaders = reader.value(.identityHeaders, default: .forwarded) { text throws(SettingProblem) in
            switch text.lowercased() {
            case "forwarded": return .forwarded
            case "remote": return .remote
            default: throw SettingProblem("is neither forwarded nor remote", "write forwarded or remote")
            }
        }
        if reader.find(.routes) != nil {
            reader.refuse(.routes, SettingProblem("cannot be given here", "list `routes` in the YAML file"))
        }
        let upstream = reader.value(.upstream, parse: Self.upstream)
        let routes: [Route]
        switch (reader.find(.upstream), entries) {
        case (nil, nil):
            reader.require(
                .upstream,
                remedy: "set it to the URL of the application, such as http://127.0.0.1:3000, or list `routes`"
            )
            return nil
        case (_?, _?):
            reader.refuse(.upstream, SettingProblem("is set although the file lists routes", "keep one of them"))
            return nil
        case (_?, nil):
            guard let upstream else { return nil }
            routes = [Route(upstreams: [upstream])]
        case (nil, let entries?):
            routes = entries.compactMap { entry in
                RouteReader(entry, roles: roles, prefix: prefix).read(mistakes: &reader.mistakes)
            }
            Self.checkDistinct(routes, entries, mistakes: &reader.mistakes)
            guard !routes.isEmpty else {
                if entries.isEmpty { reader.require(.routes, remedy: "list at least one route, or set UPSTREAM") }
                return nil
            }
        }
        guard let table = Self.table(of: routes, entries, reader: &reader) else { return nil }
        self.table = table
    }

    /// What the data plane itself thinks of the routes, asked once nothing else is wrong with them.
    private static func table(
        of routes: [Route],
        _ entries: [YAMLMapping]?,
        reader: inout SettingsReader
    ) -> RouteTable? {
        guard reader.mistakes.isEmpty else { return nil }
        do throws(RouteTableRejection) {
            return try RouteTable(routes)
        } catch {
            let origin = entries?.first.map { SettingOrigin.file($0.file) } ?? .absent
            reader.mistakes += error.problems.map { problem in
                SettingMistake(setting: "routes", origin: origin, problem: "cannot be used", remedy: problem)
            }
            return nil
        }
    }

    /// An upstream of a route.
    static func upstream(_ text: String) throws(SettingProblem) -> UpstreamURL {
        guard let url = UpstreamURL(text) else {
            throw SettingProblem(
                "is not the URL of an upstream",
                "write scheme, host and port alone, such as http://127.0.0.1:3000"
            )
        }
        return url
    }

    /// Two routes of one name, or for the same requests, contradict each other.
    private static func checkDistinct(_ routes: [Route], _ entries: [YAMLMapping], mistakes: inout [SettingMistake]) {
        guard routes.count == entries.count else { return }
        for (index, (route, entry)) in zip(routes, entries).enumerated() {
            let earlier = routes[..<index]
            if earlier.contains(where: { $0.name == route.name }) {
                mistakes.append(
                    entry.mistake("name", SettingProblem("is the name of an earlier route", "give each its own name"))
                )
            }
            if earlier.contains(where: { $0.host == route.host && $0.pathPrefix == route.pathPrefix }) {
                mistakes.append(
                    entry.mistake(
                        "path_prefix",
                        SettingProblem("and host are those of an earlier route", "let them differ, or join the routes")
                    )
                )
            }
        }
    }
}
