import Logging
import NIOCore

/// Handing a request to the control plane behind, and taking the connection back.
extension FrontHandler {
    /// Begins a request of the control plane; its head is still parked.
    func beginControl(_ framing: BodyFraming, method: RequestMethod) {
        let body: RequestBody
        switch framing {
        case .length(0), .untilClose: body = .complete
        case .length(let length): body = .length(length)
        case .chunked: body = .chunked(ChunkedBodyReader())
        }
        var hasBody = true
        if case .complete = body { hasBody = false }
        let extent = self.extent ?? HeadScanner.Extent(start: 0, end: 0)
        self.parked?.moveReaderIndex(forwardBy: extent.start)
        self.control = ControlExchange(
            method: method,
            headLength: extent.end - extent.start,
            body: body,
            awaitsContinue: hasBody && self.exchange.isHTTP11 && self.loop.fields.contains { $0.kind == .expect }
        )
        self.extent = nil
        self.scanner = HeadScanner()
        guard !self.isControlPlaneInstalled else {
            self.phase = .control
            return
        }
        self.phase = .installing
        guard let channel = self.context?.channel else { return }
        let front = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        self.installControlPlane(channel).hop(to: self.loop.eventLoop)
            .whenComplete { result in
                front.value.controlPlaneInstalled(result)
            }
    }

    private func controlPlaneInstalled(_ result: Result<Void, any Error>) {
        guard self.phase == .installing else { return }
        switch result {
        case .success:
            self.isControlPlaneInstalled = true
            self.phase = .control
            self.advance()
        case .failure(let error):
            self.settings.logger.debug("Control plane was not installed", metadata: ["error": "\(error)"])
            self.close()
        }
    }

    /// Passes what is parked of the request to the handlers behind; false when nothing is left to pass.
    func passControlBytes() -> Bool {
        guard var control = self.control, self.parkedCount > 0, !control.isRequestComplete,
            var parked = self.parked.take()
        else { return false }
        self.lastActivity = self.loop.now
        do {
            let passed = try Self.takeControlBytes(&parked, &control)
            self.parked = parked
            // Before the handlers behind see the head: they may answer at once, and nothing interim follows an answer.
            if control.awaitsContinue {
                control.awaitsContinue = false
                self.writeToClient(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
                self.output.flush()
            }
            self.control = control
            guard let passed else { return false }
            self.context?.fireChannelRead(self.wrapInboundOut(passed))
            // The handlers behind deliver only at the end of a reading (NIOAsyncChannel does).
            self.context?.fireChannelReadComplete()
            return true
        } catch {
            // The handlers behind have seen a part of this request; there is no answer that both could agree on.
            self.abort()
            return false
        }
    }

    /// Takes the next bytes of the request as they came, following their framing; `nil` when more are needed.
    private static func takeControlBytes(
        _ parked: inout ByteBuffer,
        _ control: inout ControlExchange
    ) throws(HeadRejection) -> ByteBuffer? {
        if control.headRemaining > 0 {
            let length = control.headRemaining
            control.headRemaining = 0
            return parked.readSlice(length: length)
        }
        switch control.body {
        case .complete:
            return nil
        case .length(let remaining):
            let available = min(remaining, parked.readableBytes)
            control.body = available == remaining ? .complete : .length(remaining - available)
            return parked.readSlice(length: available)
        case .chunked(var reader):
            // Re-emitted, so that what was judged here is what is read behind.
            let piece = try reader.next(&parked)
            control.body = .chunked(reader)
            switch piece {
            case .data(let data)?:
                var chunk = ByteBuffer()
                ChunkWriter.write(data) { chunk.writeImmutableBuffer($0) }
                return chunk
            case .end?:
                control.body = .complete
                return ChunkWriter.end(trailers: [])
            case nil:
                return nil
            }
        }
    }

    /// Passes a part of the control plane's response on, following its framing.
    func writeFromControlPlane(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>?) {
        if bytes.readableBytes > 0 {
            guard self.phase == .control, self.control != nil else {
                // Nobody asked: a response outside a request could be taken for the answer to another one.
                promise?.fail(ChannelError.operationUnsupported)
                self.abort()
                return
            }
            self.lastActivity = self.loop.now
            do {
                try self.control?.follow(bytes, fields: &self.loop.fields)
            } catch {
                promise?.fail(error)
                self.abort()
                return
            }
        }
        self.loop.counters.sentBytes &+= UInt64(bytes.readableBytes)
        self.exchange.access?.sentBytes += bytes.readableBytes
        self.output.write(bytes, promise: promise)
    }

    /// Takes the connection back when the control plane has answered the whole request.
    func finishControlIfAnswered() {
        guard self.phase == .control, let control = self.control, control.isResponseComplete,
            control.isRequestComplete
        else { return }
        self.recordControlAccess(.complete)
        self.control = nil
        self.lastActivity = self.loop.now
        guard !self.isStream else { return self.endStream() }
        guard !self.loop.isStopping, self.exchange.keepsAlive else {
            self.beginLingering()
            return
        }
        self.phase = .head
        self.advance()
        self.readOn()
    }
}
