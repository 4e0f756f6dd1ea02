import HTTP2Framing
import NIOCore

/// The ends of a connection, and the deadlines that lead to one.
extension HTTP2Connection {
    /// How often the time that a client has passes before it has to open the window of a stream, while it takes others: at a
    /// kilobyte a second as much as the channel and the kernel hold has arrived by then.
    private static let patienceWithWindows = 5

    /// Tells the client to begin no more streams, and closes after the last one.
    func leave() {
        guard case .open = self.state else { return }
        self.state = .leaving(since: self.loop.now)
        self.session.leave()
        self.isFlushDue = true
        self.flush()
    }

    /// Takes note that the client has answered the PING behind GOAWAY.
    func noteAcknowledgement() {
        guard case .leaving = self.state else { return }
        self.state = .left
        if self.streams.isEmpty { self.closeAfterFlush() }
    }

    /// Takes note of a stream that the client has spoiled.
    func noteSpoiled() {
        if !self.watch.noteSpoiled() { self.terminate() }
    }

    /// Takes note of a request that was answered with 400 or 431.
    func noteBadRequest() {
        switch self.watch.noteBadRequest() {
        case .goOn: break
        case .leave: self.leave()
        case .end: self.terminate()
        }
    }

    /// Ends the connection of a client that does what only an attacker does.
    func terminate() {
        self.session.terminate(.enhanceYourCalm)
        self.isFlushDue = true
    }

    /// Tells the client why the connection ends, as far as it still can be told, and closes.
    func fail() {
        self.flush()
        self.close()
    }

    /// Closes now, as far as TLS lets it.
    func close() {
        guard let context = self.context else { return }
        if case .closed = self.state { return }
        self.state = .closed
        // See FrontHandler.close().
        try? context.channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        // Whoever closes may be in the midst of a stream.
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.close(promise: nil) }
    }

    /// Closes once what the client is owed was sent; a client that does not take it is not waited for.
    private func closeAfterFlush() {
        guard let context = self.context else { return }
        let promise = context.eventLoop.makePromise(of: Void.self)
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in connection.value.close() }
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer()), promise: promise)
    }

    /// Takes note that no stream is left.
    func noteIdle() {
        self.idleSince = self.loop.now
        if case .left = self.state { self.closeAfterFlush() }
    }

    /// Closes behind what is to be sent: the client has said that it begins no more, and no stream is left.
    func leaveBehindOutput() {
        switch self.state {
        case .left, .closed: return
        case .open, .leaving: break
        }
        self.state = .left
        self.idleSince = self.loop.now
        self.closeAfterFlush()
    }

    /// Whether the client goes on taking what waits for it on a stream, or would if it were not the turn of others.
    ///
    /// All have one line, and streams that are not told to be sent side by side are sent one after another (RFC 9218, 10):
    /// on a slow line the last picture of a page waits for minutes, and nobody is at fault.
    func isMoving(_ front: FrontHandler, at now: NIODeadline) -> Bool {
        let stream = self.streams.all.first { $0.front === front }
        guard let stream, !stream.isAnswerSent else { return false }
        let limit = self.loop.settings.bodyIdleTimeout
        let waited = now - stream.movement.movedAt
        guard waited > limit else { return true }
        guard now - self.movement.movedAt <= limit else { return false }
        // A window may be closed since what was given of the stream is still on its way, behind that of others.
        return self.session.window(of: stream.id) > 0 || waited <= limit * Self.patienceWithWindows
    }

    /// Looks whether the connection has waited too long; called at each tick.
    func checkDeadline(_ now: NIODeadline) {
        let settings = self.loop.settings
        // Behind half a header block nothing else can come, so that streams which wait for the client wait in vain.
        if let since = self.watch.since, now - since > settings.headTimeout { self.close() }
        // Nothing can be told to a client that does not read, not even why a stream or the connection ends.
        if let since = self.heldBackSince, now - since > settings.bodyIdleTimeout { self.close() }
        // Who comes back soon finds a channel; who is idle costs no memory for one.
        if self.streams.isEmpty { self.closeSpares() }
        switch self.state {
        case .open:
            let isIdle = self.streams.isEmpty && now - self.idleSince > settings.keepAliveTimeout
            if isIdle || now - self.beganAt > settings.maximumHTTP2Age { self.leave() }
        case .leaving(let since):
            // Whoever does not answer is not waited for, and begins nothing more.
            guard now - since > settings.headTimeout else { break }
            self.state = .left
            if self.streams.isEmpty { self.closeAfterFlush() }
        case .left:
            // The client takes the end of the last answer slowly, or not at all.
            if self.streams.isEmpty, now - self.idleSince > settings.bodyIdleTimeout { self.close() }
        case .closed:
            break
        }
    }

    /// Lets go of what waits for the next request.
    func closeSpares() {
        while let stream = self.streams.takeSpare() { stream.close(nil) }
        self.block = HeaderBlock()
        self.session.trim()
    }
}
