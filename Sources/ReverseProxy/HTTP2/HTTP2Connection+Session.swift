import HTTP2Framing
import NIOCore

/// What the session tells while it takes bytes or gives some; nothing but notes is made of it then.
extension HTTP2Connection: HTTP2SessionDelegate {
    func receivedRequest(_ block: borrowing HeaderBlock, on stream: Int32, endsStream: Bool) {
        guard let stream = self.begin(stream) else {
            self.session.reset(stream, .refusedStream)
            self.noteSpoiled()
            return
        }
        stream.begin(block, endsStream: endsStream)
        self.touch(stream)
    }

    func receivedTrailers(_ block: borrowing HeaderBlock, on stream: Int32, endsStream: Bool) {
        guard let stream = self.streams[stream] else { return }
        stream.takeTrailers(block, endsStream: endsStream)
        self.touch(stream)
    }

    func received(_ data: UnsafeRawBufferPointer, on stream: Int32) {
        guard let stream = self.streams[stream] else { return }
        stream.take(data)
        self.touch(stream)
    }

    func receivedEnd(on stream: Int32) {
        guard let stream = self.streams[stream] else { return }
        stream.takeEnd()
        self.touch(stream)
    }

    func receivedAcknowledgement() {
        self.noteAcknowledgement()
    }

    func nextBody(on stream: Int32, atMost size: Int) -> HTTP2BodyStep {
        self.streams[stream]?.nextBody(atMost: size) ?? .unknown
    }

    func writeBody(_ size: Int, on stream: Int32, to output: inout ByteBuffer) -> Bool {
        guard let stream = self.streams[stream], stream.writeBody(size, to: &output) else { return false }
        self.movement.note(size, at: self.loop.now)
        stream.movement.note(size, at: self.loop.now)
        return true
    }

    func sentEnd(on stream: Int32) {
        self.streams[stream]?.answerSent()
    }

    func spoiled() {
        self.noteSpoiled()
    }

    func ignoredFields() {
        if !self.watch.noteIgnored() { self.terminate() }
    }

    func closed(_ stream: Int32, errorCode: UInt32) {
        guard let stream = self.streams[stream] else { return }
        if !stream.isReset, !stream.isAnswerSent, !self.watch.noteReset() { self.terminate() }
        stream.endCode = errorCode
        self.touch(stream)
    }
}
