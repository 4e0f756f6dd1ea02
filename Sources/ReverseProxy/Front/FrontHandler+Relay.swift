import Logging
import NIOCore

/// Relaying a request to its upstream and the answer to the client.
extension FrontHandler {
    /// How an answer is read and how it is written.
    struct AnswerFraming {
        /// How the upstream frames it.
        let body: BodyFraming
        /// How the client gets it.
        let toClient: ResponseHeadWriter.Framing
    }

    // MARK: - The request

    /// Sends the head to an upstream connection, an idle one or a new one.
    ///
    /// - Parameter error: The answer when every upstream was tried in vain and none was full.
    func send(otherwise error: ProxyError = .upstreamUnreachable) {
        guard let rule = self.exchange.rule, let head = self.exchange.head else { return }
        guard let pool = self.choosePool(for: rule) else {
            self.refuse(self.exchange.hasMetFullUpstream ? .upstreamFull : error)
            return
        }
        let idle = self.exchange.wasRepeated ? nil : pool.takeIdle(forRepeatable: self.exchange.isRepeatable)
        guard let handler = idle else {
            self.phase = .connecting
            self.connectAttempt += 1
            pool.connect(for: self, attempt: self.connectAttempt, timeout: rule.route.timeouts.connect)
            return
        }
        self.begin(on: handler, head: head)
    }

    /// Takes a connection that was opened for this request; false when the request is over.
    func takeUpstream(_ handler: UpstreamHandler, attempt: Int) -> Bool {
        guard self.isWaiting(attempt: attempt), let head = self.exchange.head else { return false }
        self.begin(on: handler, head: head)
        self.advance()
        return true
    }

    private func begin(on handler: UpstreamHandler, head: ByteBuffer) {
        self.phase = .exchanging
        self.lastActivity = self.loop.now
        self.upstream = handler
        self.upstreamNeedsFlush = true
        handler.attach(self, head: head)
    }

    /// Relays what is parked of the request body; false when no more can be done.
    func relayRequestBody() -> Bool {
        guard let upstream = self.upstream, upstream.isWritable, self.parkedCount > 0 else { return false }
        switch self.requestBody {
        case .complete:
            return false
        case .length(let remaining):
            let available = min(remaining, self.parkedCount)
            guard let data = self.parked?.readSlice(length: available) else { return false }
            self.exchange.isBodySent = true
            self.exchange.bodySize += available
            upstream.write(data)
            self.requestBody = available == remaining ? .complete : .length(remaining - available)
            self.lastActivity = self.loop.now
            self.upstreamNeedsFlush = true
            return true
        case .chunked(var reader):
            return self.relayChunk(&reader, to: upstream)
        }
    }

    private func relayChunk(_ reader: inout ChunkedBodyReader, to upstream: UpstreamHandler) -> Bool {
        guard var parked = self.parked.take() else { return false }
        do {
            let piece = try reader.next(&parked)
            self.parked = parked
            self.requestBody = .chunked(reader)
            self.upstreamNeedsFlush = true
            self.exchange.isBodySent = true
            self.lastActivity = self.loop.now
            switch piece {
            case .data(let data)?:
                self.exchange.bodySize += data.readableBytes
                if let limit = self.exchange.rule?.route.maximumBodySize, self.exchange.bodySize > limit {
                    self.give(up: .bodyTooLarge)
                    return false
                }
                ChunkWriter.write(data) { upstream.write($0) }
                return true
            case .end(let trailers)?:
                upstream.write(ChunkWriter.end(trailers: trailers))
                self.requestBody = .complete
                return true
            case nil:
                return false
            }
        } catch {
            self.give(up: .requestInvalid)
            return false
        }
    }

    // MARK: - The answer

    /// How an answer to this request is framed.
    @inline(__always)
    func framing(of response: ResponseHead) -> AnswerFraming {
        if self.exchange.isHEAD || response.hasNoBody { return AnswerFraming(body: .length(0), toClient: .asIs) }
        switch response.framing {
        case .length: return AnswerFraming(body: response.framing, toClient: .asIs)
        case .chunked, .untilClose:
            // HTTP/1.0 knows no chunks: the end of the connection ends the body.
            return AnswerFraming(body: response.framing, toClient: self.exchange.isHTTP11 ? .chunked : .untilClose)
        }
    }

    /// Decides whether the connection goes on, and what the client is told of it.
    @inline(__always)
    func persistence(_ framing: AnswerFraming) -> ResponseHeadWriter.Persistence {
        if case .untilClose = framing.toClient { self.exchange.keepsAlive = false }
        if case .chunked = framing.toClient { self.exchange.isAnswerChunked = true }
        // An answer that comes before the request has ended is the last one.
        if !self.isRequestComplete || self.loop.isStopping || self.isInputClosed || self.isUpgradeOverrun {
            self.exchange.keepsAlive = false
        }
        guard self.exchange.keepsAlive else { return .close }
        return self.exchange.isHTTP11 ? .implied : .keepAlive
    }

    /// Writes the head of the answer, and what of the body was copied behind it.
    func beginAnswer(_ head: ByteBuffer, status: Int) {
        self.exchange.isAnswered = true
        self.exchange.status = status
        if let sent = self.exchange.head.take() { self.loop.recycle(sent) }
        self.writeToClient(head)
    }

    /// Writes an interim answer, which HTTP/1.0 does not know.
    func relayInterim(_ head: ByteBuffer) {
        guard self.exchange.isHTTP11 else { return }
        self.writeToClient(head)
        self.output.flush()
    }

    /// Writes a part of the answer's body.
    func relay(_ data: ByteBuffer) {
        if self.exchange.isAnswerChunked {
            ChunkWriter.write(data) { self.writeToClient($0) }
        } else {
            self.writeToClient(data)
        }
    }

    /// Ends a chunked body with the trailers that may pass.
    func relayTrailers(_ trailers: [UInt8]) {
        guard self.exchange.isAnswerChunked else { return }
        self.writeToClient(ChunkWriter.end(trailers: trailers))
        self.exchange.isAnswerChunked = false
    }

    /// Sends what was written to the client.
    func flushClient() {
        self.output.flush()
    }

    /// Ends the exchange: the next request, or the end of the connection.
    func answerEnded() {
        self.relayTrailers([])
        self.upstream = nil
        self.finishExchange()
    }

    /// Counts the request, whose answer was written to its end, or turned into a tunnel.
    func countAnswer() {
        self.loop.countAnswer(
            self.exchange.subject,
            method: self.exchange.method,
            status: self.exchange.status,
            nanoseconds: self.settings.sessions.clock.uptime().uptimeNanoseconds &- self.headReadAt
        )
    }

    /// Goes on after an answer was written, whoever wrote it.
    func finishExchange() {
        self.countAnswer()
        self.recordAccess(.complete)
        if self.exchange.upgrade != nil { self.tunnelPlace = nil }
        guard !self.isStream else { return self.endStream() }
        self.output.flush()
        self.lastActivity = self.loop.now
        guard self.exchange.keepsAlive, self.isRequestComplete, !self.loop.isStopping, !self.isUpgradeOverrun else {
            self.beginLingering()
            return
        }
        self.phase = .head
        self.exchange.rule = nil
        self.advance()
    }

    @inline(__always)
    func writeToClient(_ bytes: ByteBuffer) {
        self.lastActivity = self.loop.now
        self.loop.counters.sentBytes &+= UInt64(bytes.readableBytes)
        self.exchange.access?.sentBytes += bytes.readableBytes
        self.output.write(bytes)
    }

    // MARK: - Failures

    /// The upstream failed within the exchange.
    ///
    /// - Parameters:
    ///   - failure: How.
    ///   - isStale: Whether the connection had been idle and ended without a byte of an answer.
    func upstreamFailed(_ failure: UpstreamFailure, isStale: Bool) {
        self.upstream = nil
        self.settings.logger.debug(
            "Upstream failed",
            metadata: self.logMetadata.merging(["failure": "\(failure)"]) { $1 }
        )
        guard !self.exchange.isAnswered else {
            self.abort()
            return
        }
        // A connection that had been idle may have been closing: what only reads is sent once more, on a new one.
        if self.mayRepeat(after: failure, isStale: isStale) {
            self.exchange.wasRepeated = true
            self.send()
        } else {
            self.refuse(failure == .headTooLarge ? .headTooLarge : .upstreamUnreachable)
        }
        self.advance()
    }

    /// Gives up an exchange for a reason of our own: an error if the answer has not begun, an aborted connection else.
    func give(up error: ProxyError) {
        self.upstream?.cancel()
        self.upstream = nil
        guard !self.exchange.isAnswered else {
            self.abort()
            return
        }
        self.refuse(error)
    }
}
