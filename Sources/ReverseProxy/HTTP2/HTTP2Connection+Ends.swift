import HTTP2Framing
import NIOCore

/// The ends of a connection, and the deadlines that lead to one.
extension HTTP2Connection {
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
        if self.streams.isEmpty { self.close() }
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
            if self.streams.isEmpty { self.close() }
        case .left, .closed:
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
