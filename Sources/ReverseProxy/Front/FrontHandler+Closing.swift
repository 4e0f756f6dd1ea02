import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The ends of a connection, and the deadlines that lead to one.
extension FrontHandler {
    /// How long a connection lingers after its last answer was sent.
    private static let lingering = TimeAmount.seconds(2)

    /// Ends the sending side and throws away what still comes until the client ends its own: closing at once with unread
    /// bytes would reset the connection, and the client might never see the answer.
    func beginLingering() {
        guard self.phase != .closed else { return }
        self.phase = .lingering
        self.parked = nil
        self.lastActivity = self.loop.now
        self.finishSending()
        self.input.read()
    }

    /// Ends the sending side once everything written was sent, and the connection too if the client has ended its own.
    ///
    /// It waits, since TLS throws away what was not sent when the client's end comes behind ours.
    func finishSending() {
        let front = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        self.output.flushed()?
            .whenComplete { sent in
                let front = front.value
                // A connection that broke has ended both sides, and not in order.
                guard case .success = sent, !front.isInputClosed else { return front.close() }
                front.context?.close(mode: .output, promise: nil)
            }
    }

    /// Closes now, as far as TLS lets it: once the client has said goodbye too, or after five seconds.
    func close() {
        guard let context = self.context else { return }
        if !self.isStream {
            // While one side alone may end, TLS does not take the client's goodbye for the answer to ours.
            try? context.channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        }
        context.close(promise: nil)
    }

    /// Breaks the connection within an answer or a tunnel, and what the upstream had to do with it, so that what was sent
    /// can never pass for the whole: a reset, since to HTTP/1.0 an orderly end would be the end of the body.
    ///
    /// What comes until TLS has closed is thrown away.
    func abort() {
        guard let context = self.context, self.phase != .closed else { return }
        self.tellBreak()
        if self.phase == .tunneling { self.upstream?.abort() } else { self.upstream?.cancel() }
        self.upstream = nil
        self.phase = .lingering
        self.parked = nil
        let resets = linger(l_onoff: 1, l_linger: 0)
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(resets)
        self.close()
    }

    /// Closes a connection that waits for a request, once the client has the answer before.
    func closeIfIdle() {
        guard self.isIdle else { return }
        // TLS keeps a flush for itself until it has settled on something, so nothing is waited for without need.
        guard self.hasUnsentBytes else { return self.close() }
        let front = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        self.output.flushed()?.whenComplete { _ in if front.value.isIdle { front.value.close() } }
    }

    /// Whether the connection waits for a request of which nothing has come.
    private var isIdle: Bool { self.phase == .head && self.parkedCount == 0 && !self.isStream }

    /// Whether something was written that the socket did not take yet; closing would throw it away.
    private var hasUnsentBytes: Bool {
        let unsent = try? self.context?.channel.syncOptions?.getOption(.bufferedWritableBytes)
        return (unsent ?? 0) > 0
    }

    /// The client sent its last byte; an answer that is due is still given.
    func clientFinishedSending() {
        self.isInputClosed = true
        switch self.phase {
        case .head:
            self.finishSending()
        case .lingering:
            // Who is sending still closes behind it.
            if !self.hasUnsentBytes { self.close() }
        case .loadingSession, .connecting, .exchanging:
            guard !self.isRequestComplete, self.parkedCount == 0 else { return }
            self.abort()
        case .tunneling:
            self.advance()
        case .installing, .control, .closed:
            break
        }
    }

    /// Whether a request is being worked on that is not the control plane's.
    var isInFlight: Bool {
        switch self.phase {
        case .loadingSession, .connecting, .exchanging: true
        case .head, .tunneling, .installing, .control, .lingering, .closed: false
        }
    }

    /// Tells the counts and the access log of what is under way and does not come to its end.
    private func tellBreak() {
        if self.isInFlight { self.loop.counters.countUnfinished(self.exchange.subject) }
        if self.control == nil { self.recordAccess(.broken) } else { self.recordControlAccess(.broken) }
    }

    /// Lets go of everything.
    func connectionEnded() {
        guard self.phase != .closed else { return }
        // What was told already is not told again; what is left is a tunnel that came to its end.
        if self.isInFlight || self.control != nil { self.tellBreak() }
        self.recordAccess(self.hasFailed ? .broken : .complete)
        if self.phase == .tunneling { self.leaveTunnel() }
        self.phase = .closed
        self.loop.remove(self)
        self.upstream?.cancel()
        self.upstream = nil
        self.parked = nil
        self.exchange = Exchange()
        self.tunnelPlace = nil
        self.control = nil
    }

    /// Looks whether the connection has waited too long; called at each tick.
    func checkDeadline(_ now: NIODeadline) {
        let waited = now - self.lastActivity
        switch self.phase {
        case .head:
            guard self.parkedCount > 0 else { return self.checkIdle(waited: waited) }
            guard waited > self.settings.headTimeout else { return }
            self.beginWithoutHead()
            self.refuse(.requestTimeout)
        case .connecting, .exchanging:
            self.checkExchange(now, waited: waited)
        case .tunneling:
            guard let rule = self.exchange.rule, waited > rule.tunnel else { return }
            self.loop.counters.countTimeout(.tunnel, ofRoute: rule.index)
            self.abort()
        case .control:
            self.checkControl(now, waited: waited)
        case .lingering:
            self.checkLingering(now, waited: waited)
        case .loadingSession, .installing, .closed:
            break
        }
    }

    /// Looks after a connection that waits for a request.
    private func checkIdle(waited: TimeAmount) {
        guard waited > self.settings.keepAliveTimeout else { return }
        if waited > self.settings.bodyIdleTimeout || !self.hasUnsentBytes { self.close() }
    }

    /// Looks after a connection whose last answer was written.
    private func checkLingering(_ now: NIODeadline, waited: TimeAmount) {
        if self.isOutputClosed {
            if waited > Self.lingering { self.close() }
        } else if self.isUntaken(now, waited: waited) {
            // An end in order would have half of it pass for the whole.
            self.abort()
        }
    }

    private func checkControl(_ now: NIODeadline, waited: TimeAmount) {
        let isBodyDue = self.control?.isRequestComplete == false
        if isBodyDue, now - self.exchange.startedAt > self.settings.controlBodyTimeout { return self.abort() }
        if isBodyDue, waited > self.settings.bodyIdleTimeout { return self.abort() }
        if !self.canTakeAnswer, self.isUntaken(now, waited: waited) { self.abort() }
    }

    private func checkExchange(_ now: NIODeadline, waited: TimeAmount) {
        guard let rule = self.exchange.rule else { return }
        if let total = rule.total, now - self.exchange.startedAt > total {
            self.giveUp(after: .total, of: rule)
            return
        }
        guard self.phase == .exchanging else { return }
        if !self.isRequestComplete, !self.exchange.mayHoldBodyBack {
            self.checkBody(now, waited: waited, of: rule)
        } else if !self.exchange.isAnswered {
            guard waited > rule.firstByte else { return }
            self.giveUp(after: .firstByte, of: rule)
        } else if self.canTakeAnswer {
            guard waited > rule.idle else { return }
            self.giveUp(after: .idle, of: rule)
        } else if self.isUntaken(now, waited: waited) {
            self.abort()
        }
    }

    /// Whether it is the client that has not moved for too long, with what was written for it.
    private func isUntaken(_ now: NIODeadline, waited: TimeAmount) -> Bool {
        waited > self.settings.bodyIdleTimeout && self.http2?.isMoving(self, at: now) != true
    }

    /// Looks after a request whose body is to come.
    private func checkBody(_ now: NIODeadline, waited: TimeAmount, of rule: ProxySettings.Rule) {
        let upstreams = self.upstreams(for: rule)
        // Whoever does not move is at fault: the client that does not send, or the upstream that does not read.
        let isClientsTurn = self.upstream?.isWritable == true
        self.exchange.pace.note(at: now, isClientsTurn: isClientsTurn)
        // Where both sides send at will, as streams of gRPC do, a pause of the client is one of the exchange.
        let isConversation = self.exchange.isAnswered && upstreams.isHTTP2
        if waited > (isConversation ? rule.idle : self.settings.bodyIdleTimeout) {
            guard isClientsTurn else { return self.giveUp(after: .idle, of: rule) }
            return self.give(up: .requestTimeout)
        }
        // A client that speaks HTTP/2 too may have begun one without an answer.
        guard !isConversation, !(upstreams.isHTTP2 && self.isStream) else { return }
        let size = self.exchange.bodySize
        if self.exchange.pace.isTooSlow(size, rate: rule.minimumBodyRate, grace: self.settings.bodyGrace) {
            self.give(up: .requestTimeout)
        }
    }

    private func giveUp(after timeout: RouteTimeout, of rule: ProxySettings.Rule) {
        self.loop.counters.countTimeout(timeout, ofRoute: rule.index)
        if let upstream = self.upstream, !self.exchange.isAnswered, self.isRequestComplete || !upstream.isWritable {
            // Nobody but the upstream was to move.
            upstream.pool.noteFailure()
        }
        self.give(up: .upstreamTimeout)
    }
}
