import Synchronization

/// Counts the requests of Portico's own endpoints.
///
/// Endpoints are told apart by the pattern of their path, never by the path itself, so there are no more numbers than
/// endpoints and statuses.
package final class EndpointCounter: Sendable {
    /// What is counted together.
    package struct Key: Hashable, Sendable {
        /// The pattern of the path, such as `/.portico/saml/{companyID}/acs`; empty where there is no endpoint.
        package let endpoint: String
        /// The HTTP status.
        package let status: Int

        /// Puts the two together.
        package init(endpoint: String, status: Int) {
            self.endpoint = endpoint
            self.status = status
        }
    }

    private let state = Mutex<[Key: UInt64]>([:])

    /// Makes a counter that has counted nothing.
    package init() {}

    /// How often each was answered.
    package var counts: [Key: UInt64] { self.state.withLock { $0 } }

    func count(_ key: Key) {
        self.state.withLock { $0[key, default: 0] += 1 }
    }
}
