import HummingbirdCore
import NIOCore

/// One accepted connection: the channel, and the control plane's view of it once a request was for the control plane.
struct GatewayConnection: ServerChildChannelValue {
    let channel: any Channel

    /// Hummingbird's end; nil where the connection closed without a request under the reserved prefix.
    let controlPlane: EventLoopFuture<HTTP1Channel.Value?>
}
