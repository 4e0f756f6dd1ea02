internal import CNGHTTP2
package import NIOCore

/// The server's side of one connection of HTTP/2, by libnghttp2: frames, HPACK, windows and the states of streams.
///
/// It has no connection of its own: it takes the bytes that have come and gives those to be sent, and tells a delegate
/// what they mean. Header fields come as they are, well-formed or not: whether they make a request is for the delegate to
/// judge. All of it is used on one thread.
@safe
package final class HTTP2Session {
    /// What is given at a time; more is given by the next call.
    private static let outputSize = 65_536
    /// The memory that is kept for what is given next.
    private static let keptSize = 8_192
    /// How many frames may wait for a client that does not read: more than the answers and acknowledgements that a client
    /// which means well can be owed.
    private static let maximumQueuedFrames = 2_000
    /// What the fields of one answer may take, on average, of those that wait.
    private static let queuedBlockSize = 32_768

    let session: OpaquePointer
    private let maximumHeaderListSize: Int
    private let maximumQueuedBytes: Int
    private var delegate: (any HTTP2SessionDelegate)?
    private var block = HeaderBlock()
    private var output = ByteBuffer()
    private var isBroken = false
    /// Whether a HEADERS frame has come that has not become a request or trailers.
    private var isBlockDue = false
    /// The size of the lists of fields that wait, as far as it is known.
    var queuedBytes = 0
    /// Whether the delegate has ended the connection.
    private(set) var isTerminated = false
    /// Whether the client is to be asked once it was told to begin no more streams.
    private var isPingDue = false

    /// Begins a connection, with the settings as what is to be sent first.
    package init(limits: HTTP2Limits) {
        self.maximumHeaderListSize = limits.maximumHeaderListSize
        self.maximumQueuedBytes = limits.maximumStreams * Self.queuedBlockSize
        var made: OpaquePointer?
        // The session is told who its owner is below, when there is one.
        let result = unsafe nghttp2_session_server_new2(&made, HTTP2Callbacks.shared, nil, HTTP2Callbacks.options)
        // As with memory of Swift's own: a program that gets none ends.
        guard result == 0, let session = unsafe made else { fatalError("There is no memory for an HTTP/2 session.") }
        unsafe self.session = session
        unsafe nghttp2_session_set_user_data(session, Unmanaged.passUnretained(self).toOpaque())
        let settings = [
            (NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.maximumStreams),
            (NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.windowSize),
            (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.maximumHeaderListSize),
            // Priorities by a tree (RFC 7540) are deprecated, and a tree that the client grows.
            (NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1),
        ]
        .map { nghttp2_settings_entry(settings_id: Int32($0.0.rawValue), value: UInt32(clamping: $0.1)) }
        unsafe nghttp2_submit_settings(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), settings, settings.count)
    }

    deinit {
        unsafe nghttp2_session_del(self.session)
    }

    // MARK: - Bytes

    /// Takes bytes that have come.
    ///
    /// - Returns: False when the connection cannot go on, because it is broken, was ended, or because more waits than the
    ///   client could mean to read; what ``give(_:)`` still gives tells the client why.
    package func take(_ bytes: UnsafeRawBufferPointer, _ delegate: any HTTP2SessionDelegate) -> Bool {
        guard !self.isBroken, !self.isTerminated else { return false }
        guard let start = bytes.baseAddress else { return true }
        self.delegate = delegate
        defer { self.delegate = nil }
        let count = unsafe nghttp2_session_mem_recv(
            self.session,
            start.assumingMemoryBound(to: UInt8.self),
            bytes.count
        )
        self.isBroken = count < 0
        return !self.isBroken && self.queuedFrames <= Self.maximumQueuedFrames
            && self.queuedBytes <= self.maximumQueuedBytes
    }

    /// How many frames wait to be given, without those of bodies.
    package var queuedFrames: Int { unsafe nghttp2_session_get_outbound_queue_size(self.session) }

    /// Gives bytes that are to be sent; `nil` when there are none for now.
    package func give(_ delegate: any HTTP2SessionDelegate) -> ByteBuffer? {
        defer { if self.queuedFrames == 0 { self.queuedBytes = 0 } }
        guard unsafe nghttp2_session_want_write(self.session) != 0 else { return nil }
        self.delegate = delegate
        defer { self.delegate = nil }
        self.output.clear(minimumCapacity: 512)
        while self.output.readableBytes < Self.outputSize {
            var frame: UnsafePointer<UInt8>?
            let count = unsafe nghttp2_session_mem_send(self.session, &frame)
            guard count > 0 else {
                if count < 0 { self.isBroken = true }
                break
            }
            unsafe self.output.writeBytes(UnsafeRawBufferPointer(start: frame, count: count))
        }
        let output = self.output
        // Of what a large answer needed, nothing is kept.
        if output.storageCapacity > Self.keptSize { self.output = ByteBuffer() }
        return output.readableBytes > 0 ? output : nil
    }

    /// Lets go of memory that is kept for the next request, unless a part of that has come.
    package func trim() {
        self.output = ByteBuffer()
        if !self.isBlockDue { self.block = HeaderBlock() }
    }

    /// Whether the connection is broken or was ended, so that nothing more is taken.
    package var isFailed: Bool { self.isBroken || self.isTerminated }

    /// Whether the connection has come to its end: what ``give(_:)`` gave was the last of it.
    package var isOver: Bool {
        unsafe self.isFailed
            || (nghttp2_session_want_read(self.session) == 0 && nghttp2_session_want_write(self.session) == 0)
    }

    // MARK: - Ends

    /// Tells the client to begin no more streams, and asks it to acknowledge that (RFC 9113, 6.8).
    package func leave() {
        self.isPingDue = true
        unsafe nghttp2_submit_shutdown_notice(self.session)
    }

    /// Tells the client that the connection ends, and why; nothing more is taken or answered.
    package func terminate(_ error: HTTP2Error) {
        self.isTerminated = true
        unsafe nghttp2_session_terminate_session(self.session, error.rawValue)
    }

    // MARK: - What the library calls

    /// Takes note of a HEADERS frame.
    ///
    /// One before it that has come to nothing, as on a stream that is over or was refused, was unpacked all the same.
    func beginHeaders() {
        if self.isBlockDue { self.delegate?.ignoredFields() }
        self.isBlockDue = true
    }

    func spoiled() {
        self.delegate?.spoiled()
    }

    func beginBlock() {
        self.block.removeAll()
    }

    /// Notes a field; false when there are too many.
    func note(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) -> Bool {
        unsafe self.block.add(name: name, value: value)
        guard self.block.listSize > self.maximumHeaderListSize else { return true }
        self.terminate(.enhanceYourCalm)
        return false
    }

    func endBlock(on stream: Int32, isRequest: Bool, endsStream: Bool) {
        self.isBlockDue = false
        if isRequest {
            self.delegate?.receivedRequest(self.block, on: stream, endsStream: endsStream)
        } else {
            self.delegate?.receivedTrailers(self.block, on: stream, endsStream: endsStream)
        }
    }

    func received(_ data: UnsafeRawBufferPointer, on stream: Int32) {
        // One body that is not read must not hold back the others.
        _ = unsafe nghttp2_session_consume_connection(self.session, data.count)
        unsafe self.delegate?.received(data, on: stream)
    }

    func receivedEnd(on stream: Int32) {
        self.delegate?.receivedEnd(on: stream)
    }

    func receivedAcknowledgement() {
        self.delegate?.receivedAcknowledgement()
    }

    func nextBody(on stream: Int32, atMost size: Int) -> HTTP2BodyStep {
        let step = self.delegate?.nextBody(on: stream, atMost: size) ?? .unknown
        if case .trailers(_, let block) = step {
            unsafe self.withVectors(of: block) { vectors, count in
                unsafe nghttp2_submit_trailer(self.session, stream, vectors, count)
            }
        }
        return step
    }

    /// Writes a DATA frame; `nil` when it has to wait, false when there is none.
    func writeBody(_ size: Int, head: UnsafeRawBufferPointer, on stream: Int32) -> Bool? {
        guard self.output.readableBytes < Self.outputSize else { return nil }
        guard let delegate = self.delegate else { return false }
        let start = self.output.writerIndex
        unsafe self.output.writeBytes(head)
        guard delegate.writeBody(size, on: stream, to: &self.output) else {
            self.output.moveWriterIndex(to: start)
            return false
        }
        return true
    }

    func sentEnd(on stream: Int32) {
        self.delegate?.sentEnd(on: stream)
    }

    func sentReset(errorCode: UInt32) {
        // A client that sends beyond the window of a stream would do so on any other.
        if errorCode == NGHTTP2_FLOW_CONTROL_ERROR.rawValue { self.terminate(.enhanceYourCalm) }
    }

    func sentLeave() {
        // The library gives a PING before whatever waits; in front of GOAWAY its answer would say nothing.
        guard self.isPingDue else { return }
        self.isPingDue = false
        unsafe nghttp2_submit_ping(self.session, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
    }

    func closed(_ stream: Int32, errorCode: UInt32) {
        self.delegate?.closed(stream, errorCode: errorCode)
    }
}
