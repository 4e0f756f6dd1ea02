import NIOCore

/// Follows the frames that a client sends, as far as to know since when a header block has been under way.
///
/// A block that is sent a byte at a time becomes no stream, so that no stream's deadline sees it.
final class HeaderBlockWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private static let prefaceSize = 24
    private static let frameHeadSize = 9
    private static let headersType: UInt8 = 0x1
    private static let continuationType: UInt8 = 0x9
    private static let endHeadersFlag: UInt8 = 0x4

    private let loop: LoopContext
    /// Since when there is a part of a header block, or of a frame's first bytes; `nil` when there is none.
    private(set) var since: NIODeadline?
    // Used for every reading, by one event loop only: see LoopContext.
    @exclusivity(unchecked) private var skipped = HeaderBlockWatch.prefaceSize
    @exclusivity(unchecked) private var headCount = 0
    @exclusivity(unchecked) private var length = 0
    @exclusivity(unchecked) private var type: UInt8 = 0
    @exclusivity(unchecked) private var isBlockOpen = false

    init(loop: LoopContext) {
        self.loop = loop
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.unwrapInboundIn(data).withUnsafeReadableBytes { self.follow($0) }
        if !self.isWaiting {
            self.since = nil
        } else if self.since == nil {
            self.since = self.loop.now
        }
        context.fireChannelRead(data)
    }

    private var isOfBlock: Bool { self.type == Self.headersType || self.type == Self.continuationType }

    private var isWaiting: Bool { self.isBlockOpen || self.headCount > 0 || (self.isOfBlock && self.skipped > 0) }

    private func follow(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position < bytes.count {
            guard self.skipped == 0 else {
                let step = min(self.skipped, bytes.count - position)
                self.skipped -= step
                position += step
                continue
            }
            self.takeHead(bytes[position])
            position += 1
        }
    }

    /// Takes one of the nine bytes that a frame begins with (RFC 9113, 4.1).
    private func takeHead(_ byte: UInt8) {
        switch self.headCount {
        case 0...2: self.length = self.length << 8 | Int(byte)
        case 3: self.type = byte
        case 4 where self.isOfBlock: self.isBlockOpen = byte & Self.endHeadersFlag == 0
        case _: break
        }
        self.headCount += 1
        guard self.headCount == Self.frameHeadSize else { return }
        self.skipped = self.length
        self.length = 0
        self.headCount = 0
    }
}
