import HummingbirdCore
import NIOCore

/// One accepted connection, of which Hummingbird's server knows nothing more.
struct GatewayConnection: ServerChildChannelValue {
    let channel: any Channel
}
