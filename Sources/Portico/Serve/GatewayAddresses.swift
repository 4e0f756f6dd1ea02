/// The addresses that the listeners are bound to, free ports resolved.
struct GatewayAddresses: Hashable, Sendable {
    /// The gateway's own.
    let gateway: ListenAddress

    /// The operations listener's.
    let operations: ListenAddress
}
