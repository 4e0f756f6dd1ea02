import ReverseProxy
import Testing
import Workspaces

@testable import Portico

@Suite("Routes in the YAML file")
struct RouteSettingsTests {
    /// One entry of `routes` and the mistakes that it makes.
    struct Defect: CustomTestStringConvertible, Sendable {
        let entry: String
        let mistakes: [String]

        var testDescription: String { self.entry }
    }

    static let defects = [
        Defect(entry: "upstreams: [http://a:1]", mistakes: ["routes[0].name in FILE is missing"]),
        Defect(entry: "name: a", mistakes: ["routes[0].upstreams in FILE are missing"]),
        Defect(entry: "name: a, upstreams: []", mistakes: ["routes[0].upstreams in FILE are missing"]),
        Defect(entry: "name: a, upstreams: [ftp://a]", mistakes: ["routes[0].upstreams in FILE is not the URL of an"]),
        Defect(entry: "name: a b, upstreams: [http://a:1]", mistakes: ["routes[0].name in FILE is not a name"]),
        Defect(
            entry: "name: a, upstreams: [http://a:1], host: 'http://x'",
            mistakes: ["routes[0].host in FILE is not a host"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], path_prefix: x",
            mistakes: ["routes[0].path_prefix in FILE is not a path prefix"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], path_prefix: /.portico/x",
            mistakes: ["routes[0].path_prefix in FILE lies under the reserved prefix /.portico"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], auth: maybe",
            mistakes: ["routes[0].auth in FILE is none of the words it may be"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], auth: none, roles: [ADMIN]",
            mistakes: ["routes[0].roles in FILE are listed although auth is none"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], roles: [OWNER]",
            mistakes: ["routes[0].roles in FILE has a role that does not exist"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], methods: [get]",
            mistakes: ["routes[0].methods in FILE has an entry that is no HTTP method"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], upgrade_origins: [app.example.com, 'https://a/b']",
            mistakes: [
                "routes[0].upgrade_origins in FILE has an entry that is no origin",
                "routes[0].upgrade_origins in FILE has an entry that is no origin",
            ]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], timeouts: {connect: 5, frist_byte: 1s}",
            mistakes: [
                "routes[0].timeouts.connect in FILE is not a duration",
                "routes[0].timeouts.frist_byte in FILE is not a known key",
            ]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], limits: {body: big}",
            mistakes: ["routes[0].limits.body in FILE is not a size"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], limits: {body_rate: slow}",
            mistakes: ["routes[0].limits.body_rate in FILE is not a size"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], limits: {in_flight: 0}",
            mistakes: ["routes[0].limits.in_flight in FILE is not a whole number from 1 to 1000000"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], workspaces: [company-a]",
            mistakes: ["routes[0].workspaces in FILE is not a mapping"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], workspaces: {company-a: [http://b:1]}",
            mistakes: ["routes[0].workspaces.company-a in FILE is not a mapping"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], workspaces: {company-a: {}}",
            mistakes: ["routes[0].workspaces.company-a.upstreams in FILE are missing"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], workspaces: {company-a: {upstreams: [b]}}",
            mistakes: ["routes[0].workspaces.company-a.upstreams in FILE is not the URL of an"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], workspaces: {company a: {upstreams: [http://b:1]}}",
            mistakes: ["routes[0].workspaces.company a in FILE is not a Company ID"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], workspaces: {company-a: {upstreams: [http://b:1], tls: {}}}",
            mistakes: ["routes[0].workspaces.company-a.tls in FILE is not a known key"]
        ),
        Defect(
            entry:
                "name: a, upstreams: [http://a:1], workspaces: {a: {upstreams: [http://b:1]}, A: {upstreams: [http://c:1]}}",
            mistakes: ["routes[0].workspaces.A in FILE is there twice"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], auth: none, workspaces: {a: {upstreams: [http://b:1]}}",
            mistakes: ["routes[0].workspaces in FILE are listed although auth is none"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], workspaces: {a: {upstreams: [http://b:1, http://b:1]}}",
            mistakes: ["routes in FILE cannot be used"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], limits: {header: 255}",
            mistakes: ["routes[0].limits.header in FILE is outside 256 to 32KiB"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], limits: {header: 33KiB}",
            mistakes: ["routes[0].limits.header in FILE is outside 256 to 32KiB"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], limits: {header: much}",
            mistakes: ["routes[0].limits.header in FILE is not a size"]
        ),
        Defect(
            entry: "name: a, upstreams: [http://a:1], pathprefix: /a",
            mistakes: ["routes[0].pathprefix in FILE is not a known key (line 2): did you mean `path_prefix`?"]
        ),
    ]

    @Test("Each defect of a route is told", arguments: Self.defects)
    func defectIsTold(_ defect: Defect) throws {
        let file = try SettingsExample.file("routes:\n  - {\(defect.entry)}\n")
        let mistakes = SettingsExample.mistakes(["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": nil])
        #expect(mistakes.count == defect.mistakes.count)
        for (mistake, beginning) in zip(mistakes, defect.mistakes) {
            #expect(mistake.hasPrefix(beginning.replacing("FILE", with: file)))
        }
    }

    @Test("Routes of one name, or for the same requests, are refused")
    func duplicates() throws {
        let file = try SettingsExample.file(
            """
            routes:
              - {name: a, upstreams: [http://a:1]}
              - {name: a, upstreams: [http://a:2]}
            """
        )
        let mistakes = SettingsExample.mistakes(["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": nil])
        #expect(mistakes.count == 2)
        #expect(mistakes.contains { $0.hasPrefix("routes[1].name in \(file) is the name of an earlier route") })
        #expect(mistakes.contains { $0.hasPrefix("routes[1].path_prefix in \(file) and host are those of an") })
    }

    @Test("A route carries everything that was written")
    func everything() throws {
        let file = try SettingsExample.file(
            """
            routes:
              - name: reports
                host: Reports.example.com
                path_prefix: /r/
                strip_prefix: true
                upstreams: [http://a:1, "https://b"]
                auth: optional
                roles: [ADMIN, LABELER]
                methods: [GET, POST]
                upgrade_origins: ["https://App.example.com:443", "http://[::1]:8080"]
                timeouts: {connect: 1s, first_byte: 2s, idle: 3s, total: 1m, tunnel: 2h}
                limits: {body: 10MiB, header: 8KiB, in_flight: 100, body_rate: 1KiB}
                workspaces: {Company-A: {upstreams: [http://c:1, http://d:2]}, company-b: {upstreams: http://e:3}}
            """
        )
        let settings = try SettingsExample.input(["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": nil]).settings()
        let route = try #require(settings.routing.table.routes.first)
        #expect(route.name == "reports")
        #expect(route.host == "reports.example.com")
        #expect(route.pathPrefix == "/r")
        #expect(route.stripPrefix)
        #expect(route.upstreams.map(\.description) == ["http://a:1", "https://b:443"])
        #expect(route.authentication == .optional)
        #expect(route.roles?.map(\.name).sorted() == ["ADMIN", "LABELER"])
        #expect(route.methods == ["GET", "POST"])
        #expect(route.upgradeOrigins == ["https://app.example.com", "http://[::1]:8080"])
        #expect(route.timeouts.connect == .seconds(1))
        #expect(route.timeouts.total == .seconds(60))
        #expect(route.timeouts.tunnel == .seconds(7_200))
        #expect(route.maximumBodySize == 10 << 20)
        #expect(route.maximumHeadSize == 8_192)
        #expect(route.maximumInFlight == 100)
        #expect(route.minimumBodyRate == 1_024)
        #expect(
            route.workspaces.map { "\($0.key) \($0.value)" }.sorted() == [
                "Company-A [http://c:1, http://d:2]", "company-b [http://e:3]",
            ]
        )
        #expect(route.allUpstreams.map(\.port) == [1, 443, 1, 2, 3])
    }

    @Test("The rate of bodies has a default, and 0 switches it off", arguments: [("", 240), ("body_rate: 0", 0)])
    func bodyRate(_ limits: String, _ rate: Int) throws {
        let file = try SettingsExample.file("routes:\n  - {name: a, upstreams: [http://a:1], limits: {\(limits)}}\n")
        let settings = try SettingsExample.input(["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": nil]).settings()
        #expect(settings.routing.table.routes.map(\.minimumBodyRate) == [rate])
    }

    @Test("UPSTREAM alone is the route default")
    func upstreamAlone() throws {
        let routes = try SettingsExample.input().settings().routing.table.routes
        #expect(routes.map(\.name) == ["default"])
        #expect(routes.first?.pathPrefix == "/")
    }
}
