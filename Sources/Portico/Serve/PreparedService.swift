import ServiceLifecycle

/// A service that begins once something was done for it, which a stop cuts short.
struct PreparedService<Base: Service>: Service {
    private let base: Base
    private let prepare: @Sendable () async -> Void

    /// Has `prepare` done before `base` runs.
    init(_ base: Base, after prepare: @escaping @Sendable () async -> Void) {
        self.base = base
        self.prepare = prepare
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await self.prepare() }
        try await self.base.run()
    }
}

extension PreparedService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "\(self.base)" }
}
