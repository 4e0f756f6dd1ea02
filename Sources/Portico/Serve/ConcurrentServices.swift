import ServiceLifecycle

/// Runs services side by side and stops them together.
///
/// A `ServiceGroup` stops its services one after the other; a listener and what drains its connections must learn of
/// the stop at the same time.
struct ConcurrentServices: Service {
    private let services: [any Service]

    init(_ services: [any Service]) {
        self.services = services
    }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in self.services {
                group.addTask { try await service.run() }
            }
            // The first failure leaves the loop, which cancels the others; `waitForAll` would wait for them.
            for try await _ in group {}
        }
    }
}

extension ConcurrentServices: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "listeners" }
}
