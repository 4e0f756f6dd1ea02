import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Passes what a connection sends to its peer, which is closed with it.
final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private static let maximumRead = 4_096

    private let peer: any Channel
    private let descriptor: CInt
    /// Header lines, and the empty line that ends a head.
    private let added: [UInt8]
    private var scratch: [UInt8]

    /// - Parameters:
    ///   - peer: Who gets the bytes.
    ///   - addedCount: How many bytes of header lines at most, in lines of a hundred, are put before the end of what came, which ends with an empty line.
    /// - Throws: What the peer's channel throws when it has no socket any more.
    init(to peer: any Channel, addedCount: Int) throws {
        self.peer = peer
        let operations = peer.pipeline.syncOperations
        self.descriptor = try operations.withUnsafeTransportIfAvailable { (handle: CInt) in handle } ?? -1
        let line = "X-Added: \(String(repeating: "x", count: 89))\r\n"
        let lines = String(repeating: line, count: addedCount / line.utf8.count)
        self.added = addedCount > 0 ? Array((lines + "\r\n").utf8) : []
        self.scratch = Array(repeating: 0, count: Self.maximumRead + self.added.count)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = self.unwrapInboundIn(data)
        let isSent = self.peer.isActive && bytes.withUnsafeReadableBytes { self.pass($0) }
        // The load takes all that it asks for, until it ends.
        if !isSent { context.close(promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // As Portico does: the channel would read on by itself, but by the long way through the pipeline.
        context.read()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.peer.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func pass(_ read: UnsafeRawBufferPointer) -> Bool {
        guard !self.added.isEmpty, read.count >= 2 else { return self.send(read) }
        let count = read.count - 2
        return self.scratch.withUnsafeMutableBytes { scratch in
            scratch.copyMemory(from: UnsafeRawBufferPointer(rebasing: read[..<count]))
            UnsafeMutableRawBufferPointer(rebasing: scratch[count...]).copyBytes(from: self.added)
            return self.send(UnsafeRawBufferPointer(rebasing: scratch[..<(count + self.added.count)]))
        }
    }

    private func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        #if canImport(Darwin)
        Darwin.send(self.descriptor, bytes.baseAddress, bytes.count, MSG_DONTWAIT) == bytes.count
        #elseif canImport(Musl)
        Musl.send(self.descriptor, bytes.baseAddress, bytes.count, MSG_DONTWAIT | MSG_NOSIGNAL) == bytes.count
        #else
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
        return Glibc.send(self.descriptor, bytes.baseAddress, bytes.count, flags) == bytes.count
        #endif
    }
}
