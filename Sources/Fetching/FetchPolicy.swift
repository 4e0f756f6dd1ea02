/// What a fetch may reach, and how much it may take.
package struct FetchPolicy: Sendable {
    /// The most bytes of a document.
    package var maximumBytes = 1024 * 1024
    /// The time for everything together: names, connections, redirections, the document.
    package var timeout = Duration.seconds(10)
    /// The most redirections.
    package var maximumRedirections = 3

    private let isAllowedHost: @Sendable (_ host: String) -> Bool
    private let isAllowedAddress: @Sendable (_ address: String) -> Bool

    /// Allows public addresses, and those that an operator allows besides.
    ///
    /// - Parameters:
    ///   - isAllowedHost: Called with a host in lower case, of which every address is then allowed.
    ///   - isAllowedAddress: Called with an address in its canonical notation.
    package init(
        isAllowedHost: @escaping @Sendable (_ host: String) -> Bool = { _ in false },
        isAllowedAddress: @escaping @Sendable (_ address: String) -> Bool = { _ in false }
    ) {
        self.isAllowedHost = isAllowedHost
        self.isAllowedAddress = isAllowedAddress
    }

    /// Checks all addresses of a host.
    ///
    /// One that is not allowed refuses the host: an answer that mixes public and private addresses is an attempt to have
    /// the wrong one taken.
    func check(_ addresses: [ResolvedAddress], of host: String) throws(FetchFailure) {
        guard !addresses.isEmpty else { throw .notResolved(host: host) }
        guard !self.isAllowedHost(host) else { return }
        for address in addresses
        where !PublicAddressRule.holds(for: address) && !self.isAllowedAddress(address.description) {
            throw .addressRefused(host: host, address: address.description)
        }
    }
}
