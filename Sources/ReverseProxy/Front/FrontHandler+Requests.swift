import NIOCore
import Workspaces

/// From a request head to a decision.
extension FrontHandler {
    /// What becomes of a request.
    enum Decision {
        /// It goes to the upstream; the head is written for it.
        case forward(BodyFraming)
        /// It goes to the control plane.
        case control(BodyFraming, method: RequestMethod)
        /// Its session must be read first.
        case load(SessionTokenHash)
        /// It is answered here.
        case refuse(ProxyError, BodyFraming)
        /// It is a proxy's question whether another request may pass, and it may, with these identity lines.
        case admit([UInt8], BodyFraming)
        /// The person signs in first; the path to come back to.
        case signIn(returnPath: [UInt8], BodyFraming)
        /// It is not HTTP.
        case malformed(HeadRejection)
    }

    /// Reads the head that is parked and begins its request; false when the head is not complete.
    func beginRequest() -> Bool {
        guard let decision = self.parked?.withUnsafeReadableBytes({ self.decide(on: $0) }) else { return false }
        self.carryOut(decision)
        return true
    }

    /// Decides on the request whose head the bytes begin with; `nil` when the head is not complete.
    @inline(__always)
    private func decide(on bytes: UnsafeRawBufferPointer) -> Decision? {
        do throws(HeadRejection) {
            if self.extent == nil {
                self.extent = try self.scanner.scan(
                    bytes,
                    maximumSize: self.settings.configuration.maximumHeadSize,
                    maximumLines: self.settings.configuration.maximumHeaderLines
                )
            }
            guard let extent = self.extent else { return nil }
            let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
            let request = try RequestHead.parse(head, into: &self.loop.fields)
            return self.decide(request, head)
        } catch {
            return .malformed(error)
        }
    }

    private func carryOut(_ decision: Decision) {
        switch decision {
        case .load(let hash):
            self.phase = .loadingSession
            self.loadSession(hash)
            return
        case .malformed(let rejection):
            // Where the message ends is not known, so nothing behind it is read.
            self.beginWithoutHead()
            // Over HTTP/2 few bytes can make a large head, and the connection goes on.
            self.http2?.noteBadRequest()
            self.refuse(rejection.isSize ? .headTooLarge : .requestInvalid)
            return
        case .control(let framing, let method):
            self.beginControl(framing, method: method)
            return
        case .forward(let framing):
            self.consumeHead(framing)
            self.send()
        case .refuse(let error, let framing):
            self.consumeHead(framing)
            self.refuse(error)
        case .admit(let identityLines, let framing):
            self.consumeHead(framing)
            self.admit(identityLines)
        case .signIn(let returnPath, let framing):
            self.consumeHead(framing)
            self.refuse(.sessionRequired, returnPath: returnPath)
        }
    }

    /// Begins a request whose head cannot be read, or did not come, so that it can be answered.
    func beginWithoutHead() {
        self.exchange = Exchange()
        self.exchange.tag = .make((self.loop.random(), self.loop.random()))
        self.requestBody = .length(.max)
        self.headReadAt = self.settings.sessions.clock.uptime().uptimeNanoseconds
        self.noteMissingHead()
    }

    private func consumeHead(_ framing: BodyFraming) {
        self.parked?.moveReaderIndex(forwardBy: self.extent?.end ?? 0)
        self.extent = nil
        self.scanner = HeadScanner()
        self.loadedSession = nil
        switch framing {
        case .length(0), .untilClose: self.requestBody = .complete
        case .length(let length): self.requestBody = .length(length)
        case .chunked: self.requestBody = .chunked(ChunkedBodyReader())
        }
    }

    /// Decides on a request whose head was read; a head for the upstream is then in ``Exchange/head``.
    private func decide(_ request: RequestHead, _ head: UnsafeRawBufferPointer) -> Decision {
        let facts = RequestFacts(head: head, lines: self.loop.fields, settings: self.settings)
        // A request that waited for its session is looked at a second time.
        let isFirstLook = self.loadedSession == nil
        let startedAt = isFirstLook ? self.loop.now : self.exchange.startedAt
        self.exchange = Exchange()
        self.exchange.startedAt = startedAt
        self.exchange.tag = self.tag(facts)
        self.exchange.isHTTP11 = request.isHTTP11
        self.exchange.method = request.method
        self.exchange.isHEAD = request.method == .head
        self.exchange.isNavigation = facts.isNavigation
        self.exchange.keepsAlive = request.keepsAlive
        self.exchange.awaitsContinue = facts.expectsContinue && request.isHTTP11 && request.framing != .length(0)
        self.exchange.isRepeatable = request.method.isSafe && request.framing == .length(0)
        if isFirstLook { self.headReadAt = self.settings.sessions.clock.uptime().uptimeNanoseconds }

        self.noteHead(request, head)
        self.beginTrace(request, head)

        let framing = request.framing
        if !facts.upgrade.isNone, !self.takeUpgrade(facts.upgrade, request) { return .refuse(.requestInvalid, framing) }
        switch request.method {
        case .trace: return .refuse(.methodNotAllowed, framing)
        case .connect: return .refuse(.connectNotSupported, framing)
        case .get, .head, .options, .post, .other: break
        }
        let index: Int
        switch self.place(of: request, head) {
        case .ambiguous: return .refuse(.pathAmbiguous, framing)
        case .forwardAuthentication: return self.decideForwardAuthentication(request, head, facts)
        case .controlPlane:
            if facts.hasUnknownExpectation { return .refuse(.expectationFailed, framing) }
            // The handlers behind read nothing more on a connection that was to be upgraded.
            if self.exchange.asksForUpgrade { self.exchange.keepsAlive = false }
            return .control(framing, method: request.method)
        case .nowhere: return .refuse(.routeNotFound, framing)
        case .rule(let found): index = found
        }
        let rule = self.loop.routing.rules[index]
        self.exchange.rule = rule
        self.exchange.subject = .route(rule.index)
        if let refusal = self.refusal(of: request, head, facts, rule) { return .refuse(refusal, framing) }

        var identityLines: [UInt8] = []
        switch self.session(facts, rule) {
        case .entry(let entry, let wall):
            self.exchange.access?.session = entry.session
            guard rule.roles?.contains(entry.session.role) ?? true else { return .refuse(.roleNotAllowed, framing) }
            guard let lines = self.identityLines(of: entry, for: rule, at: wall) else {
                return .refuse(.unavailable, framing)
            }
            identityLines = lines
            guard self.takeTunnelPlace(entry.session) else { return .refuse(.tooManyTunnels, framing) }
            if let workspaces = rule.workspaces {
                self.exchange.workspaceUpstreams = workspaces[entry.session.companyID.folded]
            }
            self.exchange.hasSession = true
        case .load(let hash): return .load(hash)
        case .unavailable: return .refuse(.unavailable, framing)
        case .notNeeded: break
        case .required:
            guard self.exchange.isNavigation else { return .refuse(.sessionRequired, framing) }
            return .signIn(returnPath: Array(head[request.pathStart..<request.targetEnd]), framing)
        }
        self.writeHead(request, head, facts, identityLines: identityLines, rule: rule)
        return .forward(framing)
    }

    private func refusal(
        of request: RequestHead,
        _ head: UnsafeRawBufferPointer,
        _ facts: RequestFacts,
        _ rule: ProxySettings.Rule
    ) -> ProxyError? {
        if head.count > rule.maximumHeadSize { return .headTooLarge }
        if self.exchange.upgrade != nil, !self.isOriginAllowed(request, head, rule) { return .originNotAllowed }
        if facts.hasUnknownExpectation { return .expectationFailed }
        if let methods = rule.methods {
            let method = UnsafeRawBufferPointer(rebasing: head[..<request.methodEnd])
            guard methods.contains(where: { $0.elementsEqual(method) }) else { return .methodNotAllowed }
        }
        if let limit = rule.route.maximumBodySize, case .length(let length) = request.framing, length > limit {
            return .bodyTooLarge
        }
        return nil
    }

    private func tag(_ facts: RequestFacts) -> RequestTag {
        if self.forwarding.isTrusted, let given = facts.requestID,
            let id = RequestID(String(decoding: given, as: UTF8.self))
        {
            return .given(id)
        }
        return .make((self.loop.random(), self.loop.random()))
    }

    private func writeHead(
        _ request: RequestHead,
        _ head: UnsafeRawBufferPointer,
        _ facts: RequestFacts,
        identityLines: [UInt8],
        rule: ProxySettings.Rule
    ) {
        let host = self.host(of: request, head)
        let forwardingLines =
            self.forwarding.isTrusted
            ? self.forwarding.lines(host: host, head: head, fields: self.loop.fields)
            : self.forwarding.lines(host: host)
        let writer = RequestHeadWriter(
            strippedPathLength: rule.strippedPathLength,
            identityLines: identityLines,
            traceLines: self.trace?.lines ?? [],
            forwardingLines: forwardingLines,
            isPeerTrusted: self.forwarding.isTrusted,
            tag: self.exchange.tag,
            upstreamHost: request.hostIndex == nil ? self.upstreamHost(for: rule) : [],
            isUpgrade: self.exchange.upgrade != nil,
            keepsTrailersOffer: self.isStream && self.upstreams(for: rule).isHTTP2,
            reservedCookiePrefixes: facts.hasReservedCookies ? self.settings.reservedCookiePrefixes : []
        )
        var buffer = self.loop.takeRequestHead()
        writer.write(request, head: head, lines: self.loop.fields, to: &buffer)
        self.exchange.head = buffer
    }

    private func upstreamHost(for rule: ProxySettings.Rule) -> [UInt8] {
        self.loop.pools[self.upstreams(for: rule).origins[0]].hostHeader
    }
}
