import HTTP2Framing
import NIOCore
import Synchronization

/// The way of an answer: the HTTP/1.1 that the handlers write becomes frames.
extension HTTP2Stream {
    /// Takes a part of the answer.
    func write(_ bytes: ByteBuffer) throws(HeadRejection) {
        var pending = bytes
        if var earlier = self.pending.take() {
            earlier.writeImmutableBuffer(bytes)
            pending = earlier
        }
        let loop = self.connection.loop
        while let piece = try self.answer.next(&pending, lines: &loop.fields, block: &self.connection.block) {
            switch piece {
            case .interim: self.connection.session.submitInterim(self.connection.block, on: self.id)
            case .head(let endsStream):
                self.connection.session.submitAnswer(self.connection.block, on: self.id, endsStream: endsStream)
            case .data(let data, _): self.append(data)
            case .trailers: self.trailers = self.connection.block
            }
        }
        if pending.readableBytes > 0 { self.pending = pending }
        if self.isBodyAwaited, self.outputSize > 0 || self.answer.isEnded {
            self.isBodyAwaited = false
            self.connection.session.resumeBody(on: self.id)
        }
        guard self.outputSize > Self.highWatermark, self.isWritable else { return }
        self.writability.store(false, ordering: .relaxed)
        self.pipeline.syncOperations.fireChannelWritabilityChanged()
    }

    private func append(_ data: ByteBuffer) {
        guard data.readableBytes > 0 else { return }
        self.output.append(data)
        self.outputSize += data.readableBytes
    }

    /// What of the body can be sent now.
    func nextBody(atMost size: Int) -> HTTP2BodyStep {
        let count = min(size, self.outputSize)
        guard self.answer.isEnded, count == self.outputSize else {
            self.isBodyAwaited = count == 0
            return count == 0 ? .wait : .bytes(count)
        }
        return self.trailers.take().map { .trailers(count, $0) } ?? .last(count)
    }

    /// Writes bytes of the body; false when they are not there.
    func writeBody(_ size: Int, to output: inout ByteBuffer) -> Bool {
        guard size <= self.outputSize else { return false }
        self.outputSize -= size
        var remaining = size
        while remaining > 0, var first = self.output.popFirst() {
            let part = first.readSlice(length: min(remaining, first.readableBytes)) ?? ByteBuffer()
            output.writeImmutableBuffer(part)
            remaining -= part.readableBytes
            if first.readableBytes > 0 { self.output.prepend(first) }
        }
        if !self.isWritable, self.outputSize <= Self.lowWatermark { self.connection.touch(self) }
        return true
    }

    /// Takes note that the last frame of the answer was given to the connection.
    func answerSent() {
        self.isAnswerSent = true
        if self.stopsRequest { self.stopRequest() }
    }

    /// Tells the client to send no more of a request that is answered (RFC 9113, 8.1).
    func stopRequest() {
        if !self.isRequestEnded { self.reset(.none) }
    }
}
