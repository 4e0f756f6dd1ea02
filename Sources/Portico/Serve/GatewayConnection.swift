import HummingbirdCore
import NIOCore

/// One accepted connection: the channel, and the control plane's view of it once requests were for the control plane.
struct GatewayConnection: ServerChildChannelValue {
    let channel: any Channel

    /// Hummingbird's ends, until the connection closes.
    ///
    /// There is one for the connection, or one for each stream of HTTP/2, that has had a request under the reserved prefix.
    let controlPlanes: AsyncStream<HTTP1Channel.Value>
}
