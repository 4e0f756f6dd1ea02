import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the kernel takes from a connection's writer before it can send it (`TCP_NOTSENT_LOWAT`).
///
/// Without a limit it takes megabytes from an upstream that is quick, and tells that there is room only when a third of
/// them is gone. A client with 10 kB/s on a line that was quick before would then move nothing for minutes as far as anybody
/// here can see, and be given up by `bodyIdleTimeout`. What is on its way is not counted, so a long line stays full.
enum UnsentBytes {
    /// In bytes, with room again when half of them are sent: a client has to take a kilobyte or two a second.
    static let limit = 131_072

    /// Sets the limit, where the connection is one of TCP.
    static func limit(on channel: any Channel) {
        let option = NIOBSDSocket.Option(rawValue: CInt(TCP_NOTSENT_LOWAT))
        try? channel.syncOptions?.setOption(.tcpOption(option), value: Self.limit)
    }
}
