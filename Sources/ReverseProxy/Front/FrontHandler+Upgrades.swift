import NIOCore

/// Connections that go on in another protocol (RFC 9110, 7.8).
///
///     exchanging ── 101 from the upstream ──> tunneling ──> closed
///         │
///         └── any other answer ──> head …     or lingering, when bytes came behind the request
///
/// The request that asks for it is judged like any other. Bytes that come behind it stay parked until the upstream has
/// switched: sent on earlier, a server that does not switch would read them as a request that nobody checked; and read
/// here after a refusal, bytes that were meant for the other protocol would pass for a request of this client.
///
/// After the switch both directions are bytes. Each side is read only while the other takes what it gets, the end of one
/// side's bytes is passed on while the other side goes on, and a failure of either breaks both.
extension FrontHandler {
    /// Notes that a request asks for another protocol; false when it does not say so in the grammar of RFC 9110, 7.8.
    func takeUpgrade(_ offer: UpgradeOffer, _ request: RequestHead) -> Bool {
        guard request.connection.contains(.upgrade) else { return true }
        self.exchange.asksForUpgrade = true
        // RFC 9110, 7.8: an HTTP/1.0 request asks for nothing.
        guard request.isHTTP11 else { return true }
        switch offer {
        case .none, .passedOver:
            return true
        case .carried(let name):
            self.exchange.upgrade = Array(name)
            // Whoever asks for another protocol is a program, whatever it accepts.
            self.exchange.isNavigation = false
            return true
        case .malformed:
            return false
        }
    }

    /// Whether bytes came behind a request that asked for another protocol and did not get it.
    var isUpgradeOverrun: Bool { self.exchange.asksForUpgrade && self.parkedCount > 0 }

    /// Whether a 101 answers this request: it was asked for, the whole request was sent, and the protocol is the one that
    /// was asked for.
    func isSwitchDue(_ head: UnsafeRawBufferPointer, _ lines: FieldLines) -> Bool {
        let isHTTP11 = head[7] == UInt8(ascii: "1")
        guard let asked = self.exchange.upgrade, self.isRequestComplete, isHTTP11 else { return false }
        var count = 0
        for line in lines where line.kind == .upgrade {
            guard UpgradeOffer.isAnswer(line.value(in: head), to: asked) else { return false }
            count += 1
        }
        return count == 1
    }

    /// Goes on as a tunnel, behind the upstream's 101.
    func beginTunnel(_ head: ByteBuffer) {
        self.phase = .tunneling
        // The request is answered; what follows is the tunnel's.
        self.exchange.status = 101
        self.countAnswer()
        self.exchange.isAnswered = true
        self.exchange.keepsAlive = false
        if let sent = self.exchange.head.take() { self.loop.recycle(sent) }
        // From here on the end of the client's bytes is not the end of the connection.
        try? self.context?.channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
        self.writeToClient(head)
        self.flushClient()
        self.advance()
    }

    /// Passes what is parked to the upstream; false when nothing is left or the upstream takes nothing more.
    func relayTunnel() -> Bool {
        guard let upstream = self.upstream else { return false }
        guard self.parkedCount > 0 else {
            if self.isInputClosed { upstream.finishWriting() }
            return false
        }
        guard upstream.isWritable, let data = self.parked.take() else { return false }
        upstream.write(data)
        self.upstreamNeedsFlush = true
        self.lastActivity = self.loop.now
        self.hasClientSpoken = true
        return true
    }

    /// Passes the end of the upstream's bytes on; the client may go on sending.
    func upstreamFinishedSending() {
        guard self.phase == .tunneling else { return }
        self.lastActivity = self.loop.now
        self.finishSending()
    }

    /// The upstream's connection is over: in good order, so that the client gets the rest of its bytes, or broken.
    func upstreamLeftTunnel(inOrder: Bool) {
        self.upstream = nil
        if inOrder { self.beginLingering() } else { self.abort() }
    }

    /// Lets the upstream go after the client's connection is over: with the rest of the client's bytes if that ended in
    /// good order, or broken too.
    func leaveTunnel() {
        guard let upstream = self.upstream.take() else { return }
        guard !self.hasFailed, self.isInputClosed || self.isOutputClosed else {
            upstream.abort()
            return
        }
        if let rest = self.parked.take() { upstream.write(rest) }
        upstream.drain()
    }
}
