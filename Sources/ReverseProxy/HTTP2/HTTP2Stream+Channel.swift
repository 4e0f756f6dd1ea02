import HTTP2Framing
import NIOCore
import Synchronization

/// What the handlers of a stream see of it.
extension HTTP2Stream: Channel {
    var allocator: ByteBufferAllocator { ByteBufferAllocator() }
    var closeFuture: EventLoopFuture<Void> { self.closePromise.futureResult }
    var parent: (any Channel)? { self.connection.channel }
    var localAddress: SocketAddress? { self.connection.channel.localAddress }
    var remoteAddress: SocketAddress? { self.connection.channel.remoteAddress }
    var isWritable: Bool { self.writability.load(ordering: .relaxed) }
    var isActive: Bool { self.activity.load(ordering: .relaxed) }
    // swift-format-ignore: NoLeadingUnderscores
    var _channelCore: any ChannelCore { self }
    var syncOptions: (any NIOSynchronousChannelOptions)? { HTTP2StreamOptions(stream: self) }

    var pipeline: ChannelPipeline {
        guard let pipeline = self.madePipeline else { preconditionFailure("A stream has its pipeline from the start.") }
        return pipeline
    }

    func setOption<Option: ChannelOption>(_ option: Option, value: Option.Value) -> EventLoopFuture<Void> {
        self.eventLoop.submit { try HTTP2StreamOptions(stream: self).setOption(option, value: value) }
    }

    func getOption<Option: ChannelOption>(_ option: Option) -> EventLoopFuture<Option.Value> {
        self.eventLoop.submit { try HTTP2StreamOptions(stream: self).getOption(option) }
    }
}

/// The one option of a stream: whether it reads on by itself.
struct HTTP2StreamOptions: NIOSynchronousChannelOptions {
    let stream: HTTP2Stream

    func setOption<Option: ChannelOption>(_ option: Option, value: Option.Value) throws {
        guard option is ChannelOptions.Types.AutoReadOption, let readsOn = value as? Bool else {
            throw ChannelError.operationUnsupported
        }
        self.stream.readsOn = readsOn
        if readsOn { self.stream.pipeline.syncOperations.read() }
    }

    func getOption<Option: ChannelOption>(_ option: Option) throws -> Option.Value {
        guard option is ChannelOptions.Types.AutoReadOption, let value = self.stream.readsOn as? Option.Value else {
            throw ChannelError.operationUnsupported
        }
        return value
    }
}

extension HTTP2Stream: ChannelCore {
    func localAddress0() throws -> SocketAddress {
        guard let address = self.localAddress else { throw ChannelError.operationUnsupported }
        return address
    }

    func remoteAddress0() throws -> SocketAddress {
        guard let address = self.remoteAddress else { throw ChannelError.operationUnsupported }
        return address
    }

    func register0(promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }

    func bind0(to address: SocketAddress, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }

    func connect0(to address: SocketAddress, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }

    func triggerUserOutboundEvent0(_ event: Any, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }

    func channelRead0(_ data: NIOAny) {}

    func errorCaught0(error: any Error) {}

    func read0() {
        self.isReadWanted = true
        if self.input != nil { self.connection.touch(self) }
    }

    /// Takes a part of the answer; the promise is kept once it is one of a frame's, which is as good as sent: the frame goes
    /// out as soon as the client takes it, or the stream is reset.
    func write0(_ data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !self.isClosed, !self.isReset, self.id > 0 else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        do throws(HeadRejection) {
            try self.write(self.unwrapData(data, as: ByteBuffer.self))
            promise?.succeed()
        } catch {
            promise?.fail(error)
            self.reset(.internalError)
        }
    }

    func flush0() {
        self.connection.flushSoon()
    }

    func close0(error: any Error, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard !self.isClosed else {
            promise?.fail(ChannelError.alreadyClosed)
            return
        }
        if mode == .output, self.id == 0 {
            // The stream is over already, and the channel waits for the next one.
            promise?.succeed()
            return
        }
        if mode == .output, self.answer.isEnded {
            // The last frame ends the stream for this side.
            self.stopsRequest = true
            if self.isAnswerSent { self.stopRequest() }
            self.connection.flushSoon()
            promise?.succeed()
            return
        }
        if self.id > 0 { self.reset(self.answer.isEnded ? .cancel : .internalError) }
        self.connection.forget(self)
        self.close(nil)
        promise?.succeed()
    }
}
