import NIOCore

/// Reading the upstream's answer.
extension UpstreamHandler {
    /// In bytes: twice what clients may send, since upstreams are trusted more.
    private static let maximumHeadSize = 65_536
    private static let maximumHeadLines = 256
    /// How many answers with 1xx may come before the real one.
    private static let maximumInterimAnswers = 16
    /// Body bytes up to this many are copied behind the head, which costs less than a second write.
    private static let copiedBodySize = 16_384

    /// Uses the bytes that were read, as far as they go.
    func readAnswer() {
        while let front = self.front {
            switch self.state {
            case .head:
                guard self.readHead(front) else { return }
            case .length(let remaining):
                let available = min(remaining, self.pendingCount)
                guard available > 0, let data = self.pending?.readSlice(length: available) else { return }
                self.state = .length(remaining - available)
                front.relay(data)
                if available == remaining { self.finishAnswer() }
            case .chunked(var reader):
                guard self.readChunk(&reader, front) else { return }
            case .untilClose, .tunnel:
                guard self.pendingCount > 0, let data = self.pending.take() else { return }
                front.relay(data)
            case .idle, .closed:
                return
            }
        }
    }

    private func readChunk(_ reader: inout ChunkedBodyReader, _ front: FrontHandler) -> Bool {
        guard var pending = self.pending.take() else { return false }
        do {
            let piece = try reader.next(&pending)
            self.pending = pending
            self.state = .chunked(reader)
            switch piece {
            case .data(let data)?:
                front.relay(data)
                return true
            case .end(let trailers)?:
                front.relayTrailers(trailers)
                self.finishAnswer()
                return true
            case nil:
                return false
            }
        } catch {
            self.fail(.brokenAnswer)
            return false
        }
    }

    /// Reads one head; false when more bytes are needed or the request has ended.
    private func readHead(_ front: FrontHandler) -> Bool {
        do {
            let translate = { (bytes) throws(HeadRejection) in try self.translateHead(bytes, front) }
            guard let result = try self.pending?.withUnsafeReadableBytes(translate) else { return false }
            self.scanner = HeadScanner()
            self.pending?.moveReaderIndex(forwardBy: result.length)
            guard front.canPassHead(self.loop.responseHead) else {
                self.pool.noteAnswer()
                self.fail(.answerTooLarge)
                return false
            }
            return result.response.isInterim ? self.passInterim(result, front) : self.beginBody(result, front)
        } catch {
            self.fail(.notHTTP)
            return false
        }
    }

    /// Reads the head that the bytes begin with, and writes the client's into ``LoopContext/responseHead``; `nil` when it is
    /// not complete.
    @inline(__always)
    private func translateHead(
        _ bytes: UnsafeRawBufferPointer,
        _ front: FrontHandler
    ) throws(HeadRejection) -> HeadResult? {
        let extent = try self.scanner.scan(
            bytes,
            maximumSize: Self.maximumHeadSize,
            maximumLines: Self.maximumHeadLines
        )
        guard let extent else { return nil }
        let loop = self.loop
        loop.responseHead.clear()
        let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
        let response = try ResponseHead.parse(head, into: &loop.fields)
        if response.status == 101, !front.isSwitchDue(head, loop.fields) { throw .badSwitch }
        let framing = front.framing(of: response)
        let writer = ResponseHeadWriter(
            framing: framing.toClient,
            persistence: response.isInterim ? .implied : front.persistence(framing),
            reservedCookiePrefixes: loop.settings.reservedCookiePrefixes
        )
        writer.write(response, head: head, lines: loop.fields, to: &loop.responseHead)
        return HeadResult(length: extent.end, response: response, body: framing.body)
    }

    private struct HeadResult {
        let length: Int
        let response: ResponseHead
        let body: BodyFraming
    }

    private func passInterim(_ result: HeadResult, _ front: FrontHandler) -> Bool {
        if result.response.status == 101 {
            self.beginTunnel(front)
            return true
        }
        if result.response.status == 100 { front.exchange.awaitsContinue = false }
        self.interimCount += 1
        guard self.interimCount <= Self.maximumInterimAnswers else {
            self.fail(.notHTTP)
            return false
        }
        front.relayInterim(self.loop.responseHead)
        return true
    }

    private func beginBody(_ result: HeadResult, _ front: FrontHandler) -> Bool {
        let loop = self.loop
        self.pool.noteAnswer()
        // An upstream that answers before it has the body may never read it, and would take it for the next request.
        let hasTakenBody = front.isRequestComplete && !front.exchange.awaitsContinue
        self.keepsAlive = result.response.keepsAlive && result.body != .untilClose && hasTakenBody
        switch result.body {
        case .length(let length):
            let available = min(length, self.pendingCount)
            if available > 0, available <= Self.copiedBodySize, var data = self.pending?.readSlice(length: available) {
                loop.responseHead.writeBuffer(&data)
                self.state = .length(length - available)
                front.beginAnswer(loop.responseHead, status: result.response.status)
                if available == length { self.finishAnswer() }
                return true
            }
            self.state = .length(length)
        case .chunked:
            self.state = .chunked(ChunkedBodyReader(isAnswer: true))
        case .untilClose:
            self.state = .untilClose
        }
        front.beginAnswer(loop.responseHead, status: result.response.status)
        if case .length(0) = result.body { self.finishAnswer() }
        return true
    }
}
