import Fetching
import NIOHTTP1
import NIOSSL
import Testing

/// Over real sockets, with a name server of the tests' own.
@Suite("Fetching")
struct FetcherTests {
    /// Loopback addresses are allowed, as `FETCH_ALLOW` would.
    private static let policy = Self.patient(FetchPolicy(isAllowedAddress: { $0 == "127.0.0.1" }))

    /// A policy whose time does not run out on a busy machine: other tests keep all processors for many seconds.
    private static func patient(_ policy: FetchPolicy) -> FetchPolicy {
        var policy = policy
        policy.timeout = .seconds(600)
        return policy
    }

    private static func fetch(
        _ path: String,
        from server: TestWebServer,
        host: String = "idp.test",
        policy: FetchPolicy = Self.policy,
        resolver: CountedResolver = CountedResolver(),
        trustRoots: NIOSSLTrustRoots? = nil
    ) async throws -> String {
        let roots = try trustRoots ?? TestWebServer.authority()
        let fetcher = Fetcher(policy: policy, resolver: resolver.resolver, trustRoots: roots)
        let bytes = try await fetcher.fetch(FetchURL("https://\(host):\(server.port)\(path)"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Runs a test with a server, which is stopped in any case.
    private static func withServer(
        _ paths: [String: TestWebServer.Behavior],
        _ body: (TestWebServer) async throws -> Void
    ) async throws {
        let server = try await TestWebServer.start(paths)
        do {
            try await body(server)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test
    func fetchesADocumentAndAsksForTheNameOnce() async throws {
        try await Self.withServer(["/metadata?a=b": .answer(body: "<a/>")]) { (server) async throws in
            let resolver = CountedResolver()
            #expect(try await Self.fetch("/metadata?a=b", from: server, resolver: resolver) == "<a/>")
            #expect(resolver.hosts == ["idp.test"])
        }
    }

    @Test
    func fetchesFromAnAddressThatTheCertificateNames() async throws {
        try await Self.withServer(["/": .answer(body: "x")]) { (server) async throws in
            let resolver = CountedResolver(["127.0.0.1": [[127, 0, 0, 1]]])
            #expect(try await Self.fetch("/", from: server, host: "127.0.0.1", resolver: resolver) == "x")
        }
    }

    @Test
    func waitsForASilentServerNoLongerThanItsTask() async throws {
        try await Self.withServer(["/": .silent]) { (server) async throws in
            let fetch = Task { try await Self.fetch("/", from: server) }
            fetch.cancel()
            await #expect(throws: CancellationError.self) { try await fetch.value }
        }
    }

    @Test
    func allowsAHostByName() async throws {
        try await Self.withServer(["/": .answer(body: "x")]) { (server) async throws in
            let policy = Self.patient(FetchPolicy(isAllowedHost: { $0 == "idp.test" }))
            #expect(try await Self.fetch("/", from: server, policy: policy) == "x")
            await #expect(throws: FetchFailure.addressRefused(host: "other.test", address: "127.0.0.1")) {
                try await Self.fetch("/", from: server, host: "other.test", policy: policy)
            }
        }
    }

    /// The answer of a name server, and the address for which it is refused.
    struct PrivateAnswer: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let addresses: [[UInt8]]

        static let all = [
            PrivateAnswer(testDescription: "127.0.0.1", addresses: [[127, 0, 0, 1]]),
            PrivateAnswer(testDescription: "169.254.169.254", addresses: [[169, 254, 169, 254]]),
            PrivateAnswer(testDescription: "10.0.0.1", addresses: [[1, 1, 1, 1], [10, 0, 0, 1]]),
            PrivateAnswer(testDescription: "::1", addresses: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]]),
            PrivateAnswer(
                testDescription: "192.168.1.1",
                addresses: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 168, 1, 1]]
            ),
        ]
    }

    @Test("An address that is not public is refused before anything is connected", arguments: PrivateAnswer.all)
    func refusesPrivateAddresses(_ answer: PrivateAnswer) async throws {
        try await Self.withServer(["/": .answer(body: "x")]) { (server) async throws in
            let resolver = CountedResolver(["idp.test": answer.addresses])
            await #expect(throws: FetchFailure.addressRefused(host: "idp.test", address: answer.testDescription)) {
                try await Self.fetch("/", from: server, policy: Self.patient(FetchPolicy()), resolver: resolver)
            }
        }
    }

    @Test
    func followsRedirectionsAndChecksEach() async throws {
        try await Self.withServer([
            "/1": .answer(.found, ["Location": "/2"]), "/2": .answer(.permanentRedirect, ["Location": "3"]),
            "/3": .answer(.seeOther, ["Location": "?4"]), "/3?4": .answer(body: "x"),
            "/loop": .answer(.found, ["Location": "/loop"]), "/http": .answer(.found, ["Location": "http://idp.test/"]),
            "/none": .answer(.found), "/away": .answer(.found, ["Location": "https://private.test/"]),
            "/two": .answer(.found, ["Location": "/1", "location": "/2"]),
        ]) { (server) async throws in
            let resolver = CountedResolver([
                "idp.test": [[127, 0, 0, 1]], "private.test": [[10, 0, 0, 1]],
            ])
            #expect(try await Self.fetch("/1", from: server, resolver: resolver) == "x")
            #expect(resolver.hosts.count == 4)
            await #expect(throws: FetchFailure.tooManyRedirections) { try await Self.fetch("/loop", from: server) }
            await #expect(throws: FetchFailure.addressRefused(host: "private.test", address: "10.0.0.1")) {
                try await Self.fetch("/away", from: server, resolver: resolver)
            }
            for path in ["/http", "/none", "/two"] {
                await #expect(throws: FetchFailure.redirectionRefused(host: "idp.test")) {
                    try await Self.fetch(path, from: server)
                }
            }
        }
    }

    @Test
    func takesNoMoreThanTheLimit() async throws {
        var policy = Self.policy
        policy.maximumBytes = 1000
        let limited = policy
        try await Self.withServer([
            "/just": .answer(body: String(repeating: "a", count: 1000)),
            "/long": .answer(body: String(repeating: "a", count: 1001)), "/endless": .endless,
        ]) { (server) async throws in
            #expect(try await Self.fetch("/just", from: server, policy: limited).count == 1000)
            for path in ["/long", "/endless"] {
                await #expect(throws: FetchFailure.tooLarge(bytes: 1000)) {
                    try await Self.fetch(path, from: server, policy: limited)
                }
            }
        }
    }

    @Test
    func refusesOtherAnswers() async throws {
        try await Self.withServer([
            "/gone": .answer(.gone), "/empty": .answer(.noContent), "/part": .answer(.partialContent, body: "x"),
            "/short": .cutShort, "/zip": .answer(.ok, ["Content-Encoding": "gzip"], body: "x"),
        ]) { (server) async throws in
            for (path, status) in [("/gone", 410), ("/empty", 204), ("/part", 206), ("/other", 404)] {
                await #expect(throws: FetchFailure.status(status, host: "idp.test")) {
                    try await Self.fetch(path, from: server)
                }
            }
            for path in ["/short", "/zip"] {
                await #expect(throws: FetchFailure.answerMalformed(host: "idp.test")) {
                    try await Self.fetch(path, from: server)
                }
            }
        }
    }

    @Test
    func givesUpOnASilentServer() async throws {
        var policy = Self.policy
        // Half of it is for the connection, which a busy machine may need.
        policy.timeout = .seconds(20)
        let hurried = policy
        try await Self.withServer(["/": .silent]) { (server) async throws in
            await #expect(throws: FetchFailure.timedOut(host: "idp.test")) {
                try await Self.fetch("/", from: server, policy: hurried)
            }
        }
    }

    @Test
    func givesUpOnASilentNameServer() async throws {
        var policy = Self.policy
        policy.timeout = .seconds(4)
        let (silence, end) = AsyncStream.makeStream(of: Never.self)
        defer { end.finish() }
        let silent = HostResolver { _ in
            for await _ in silence {}
            return []
        }
        let fetcher = Fetcher(policy: policy, resolver: silent, trustRoots: try TestWebServer.authority())
        await #expect(throws: FetchFailure.timedOut(host: "idp.test")) {
            try await fetcher.fetch(FetchURL("https://idp.test/"))
        }
    }

    @Test
    func wantsATrustedCertificateForTheName() async throws {
        try await Self.withServer(["/": .answer(body: "x")]) { (server) async throws in
            await #expect(throws: FetchFailure.tlsRefused(host: "idp.test")) {
                try await Self.fetch("/", from: server, trustRoots: .default)
            }
            let resolver = CountedResolver(["wrong.test": [[127, 0, 0, 1]]])
            await #expect(throws: FetchFailure.tlsRefused(host: "wrong.test")) {
                try await Self.fetch("/", from: server, host: "wrong.test", resolver: resolver)
            }
        }
    }

    @Test
    func saysWhenNobodyIsThere() async throws {
        let server = try await TestWebServer.start([:])
        try await server.stop()
        await #expect(throws: FetchFailure.unreachable(host: "idp.test")) { try await Self.fetch("/", from: server) }
        await #expect(throws: FetchFailure.notResolved(host: "nobody.test")) {
            try await Self.fetch("/", from: server, host: "nobody.test")
        }
    }

    @Test
    func triesTheNextAddressWhenNobodyIsAtTheFirst() async throws {
        try await Self.withServer(["/": .answer(body: "x")]) { (server) async throws in
            let policy = Self.patient(FetchPolicy(isAllowedHost: { $0 == "idp.test" }))
            let resolver = CountedResolver(["idp.test": [[127, 0, 0, 2], [127, 0, 0, 1]]])
            #expect(try await Self.fetch("/", from: server, policy: policy, resolver: resolver) == "x")
        }
    }
}
