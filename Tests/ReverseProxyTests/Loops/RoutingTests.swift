import Testing

@testable import ReverseProxy

@Suite("Routes that are read again")
struct RoutingTests {
    private static func routing(_ routes: [Route], after previous: Routing? = nil) throws -> Routing {
        let table = try RouteTable(routes)
        return try Routing(
            table: table,
            configuration: ReverseProxyConfiguration(routes: table),
            previous: previous
        )
    }

    private static func route(_ name: String, _ ports: Int...) throws -> Route {
        let upstreams = try ports.flatMap { try TestGateway.urls($0) }
        return Route(name: name, pathPrefix: "/\(name)", upstreams: upstreams)
    }

    @Test("Names and upstreams keep their numbers, and new ones come behind")
    func numbers() throws {
        let first = try Self.routing([Self.route("a", 1, 2), Self.route("b", 2)])
        let second = try Self.routing([Self.route("c", 3), Self.route("b", 1), Self.route("a", 2)], after: first)
        #expect(first.routeNames == ["a", "b"])
        #expect(second.routeNames == ["a", "b", "c"])
        #expect(second.rules.map(\.index) == [2, 1, 0])
        #expect(second.origins.map(\.url.port) == [1, 2, 3])
        #expect(second.rules.map(\.origins) == [[2], [0], [1]])
    }

    @Test("A route that is as it was keeps its rule, with what is told of sessions under it")
    func unchanged() throws {
        let first = try Self.routing([Self.route("a", 1), Self.route("b", 2)])
        let second = try Self.routing([Self.route("b", 2), Self.route("a", 3)], after: first)
        #expect(second.rules[0] === first.rules[1])
        #expect(second.rules[1] !== first.rules[0])
    }

    @Test("An upstream that no route has any more is known as such")
    func retired() throws {
        let first = try Self.routing([Self.route("a", 1, 2)])
        let second = try Self.routing([Self.route("a", 2)], after: first)
        #expect([0, 1].map(first.uses) == [true, true])
        #expect([0, 1].map(second.uses) == [false, true])
    }
}
