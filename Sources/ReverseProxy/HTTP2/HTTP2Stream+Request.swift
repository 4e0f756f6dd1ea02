import HTTP2Framing
import NIOCore

/// The way of a request: frames become the HTTP/1.1 that the handlers read.
extension HTTP2Stream {
    /// Takes the fields of the request.
    func begin(_ block: borrowing HeaderBlock, endsStream: Bool) {
        var head = ByteBuffer()
        do throws(HeaderBlockRejection) {
            let request = try RequestBlock.write(block, endsStream: endsStream, to: &head)
            self.answer.isHEAD = request.isHEAD
            switch request.framing {
            case .length where endsStream, .untilClose: self.request = .ended
            case .length(let length): self.request = .length(length)
            case .chunked: self.request = .chunked
            }
            self.input = head
        } catch {
            self.request = endsStream ? .ended : .refused
            self.rejection = error
        }
    }

    /// Takes a part of the body.
    func take(_ data: UnsafeRawBufferPointer) {
        switch self.request {
        case .length(let remaining):
            guard data.count <= remaining else { return self.reset(.protocolError) }
            self.request = .length(remaining - data.count)
            self.append(data.count) { $0.writeBytes(data) }
        case .chunked:
            self.append(data.count) { ChunkWriter.write(data, to: &$0) }
        case .ended, .refused:
            self.connection.consume(data.count, of: self)
        }
    }

    /// Takes the end of the body.
    func takeEnd() {
        switch self.request {
        case .length(0): self.request = .ended
        case .length: self.reset(.protocolError)
        case .chunked: self.endChunks(trailers: [])
        case .refused: self.request = .ended
        case .ended: break
        }
    }

    /// Takes the trailers.
    func takeTrailers(_ block: borrowing HeaderBlock, endsStream: Bool) {
        var lines = ByteBuffer()
        do throws(HeaderBlockRejection) {
            guard endsStream else { throw .endlessTrailers }
            try RequestBlock.writeTrailers(block, to: &lines)
            switch self.request {
            case .length(0):
                // A body with a length has no trailers in HTTP/1.1; they are optional to whoever gets them (RFC 9110, 6.5).
                self.request = .ended
            case .length: throw .contradictoryLength
            case .chunked: self.endChunks(trailers: Array(buffer: lines))
            case .refused: self.request = .ended
            case .ended: break
            }
        } catch {
            self.reset(.protocolError)
        }
    }

    private func endChunks(trailers: [UInt8]) {
        self.request = .ended
        self.append(0) { $0.writeImmutableBuffer(ChunkWriter.end(trailers: trailers)) }
    }

    private func append(_ count: Int, _ write: (inout ByteBuffer) -> Void) {
        var input = self.input.take() ?? ByteBuffer()
        write(&input)
        self.input = input
        self.unacknowledged += count
    }

    /// Ends the stream for both sides, so that nothing that was sent can pass for the whole.
    func reset(_ error: HTTP2Error) {
        guard !self.isReset, self.endCode == nil else { return }
        self.isReset = true
        self.request = .refused
        // Not even what came before, and was not read on, goes on.
        self.rejection = nil
        self.input = nil
        self.unacknowledged = 0
        self.connection.reset(self, error)
    }
}
