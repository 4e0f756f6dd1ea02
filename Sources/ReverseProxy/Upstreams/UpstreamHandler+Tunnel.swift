import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The upstream's end of a tunnel; such a connection never goes back to its pool.
extension UpstreamHandler {
    /// Goes on as a tunnel behind the head of a 101, which is in ``LoopContext/responseHead``.
    func beginTunnel(_ front: FrontHandler) {
        self.state = .tunnel
        self.pool.noteAnswer()
        self.keepsAlive = false
        // From here on the end of the upstream's bytes is not the end of the connection.
        try? self.context?.channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
        front.beginTunnel(self.loop.responseHead)
    }

    /// Tells the upstream that no more comes, once everything written is sent.
    func finishWriting() {
        guard !self.isOutputClosing else { return }
        self.isOutputClosing = true
        // It waits for the reason that FrontHandler.finishSending() does.
        let handler = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        self.output.flushed()?
            .whenComplete { sent in
                let handler = handler.value
                guard case .success = sent, !handler.isInputClosed else { return handler.close() }
                handler.context?.close(mode: .output, promise: nil)
            }
    }

    /// Sends what is written and closes, without the front handler.
    func drain() {
        self.front = nil
        self.isOutputClosing = true
        self.pool.drain(self)
        self.closeAfterFlush()
    }

    /// Breaks the connection with a reset, so that the upstream cannot take what it got for the whole.
    func abort() {
        self.front = nil
        let resets = linger(l_onoff: 1, l_linger: 0)
        let channel = self.context?.channel
        _ = (channel as? any SocketOptionProvider)?.setSoLinger(resets)
        // See FrontHandler.close().
        try? channel?.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        self.close()
    }

    /// Follows the half-closures of the connection.
    func tunnelChanged(_ event: ChannelEvent) {
        switch event {
        case .inputClosed:
            self.isInputClosed = true
            self.front?.upstreamFinishedSending()
        case .outputClosed:
            self.isOutputClosed = true
        }
    }

    /// Lets the front handler go after the connection is over.
    ///
    /// When the upstream had sent its last byte, the client gets the rest, whatever became of the client's own bytes. The
    /// end of the upstream's bytes comes as the end of the connection when the other direction has ended before.
    func leaveTunnel() {
        guard let front = self.front.take() else { return }
        front.upstreamLeftTunnel(inOrder: self.isInputClosed || (self.isOutputClosed && !self.hasFailed))
    }

    private func closeAfterFlush() {
        let handler = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        self.output.flushed()?.whenComplete { _ in handler.value.close() }
    }
}
