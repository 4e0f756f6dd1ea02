internal import CNGHTTP2

/// What libnghttp2 calls, and how it is set up, for all sessions.
enum HTTP2Callbacks {
    // Made once and never changed; the library copies them into each session.
    nonisolated(unsafe) static let shared: OpaquePointer = unsafe Self.makeCallbacks()
    nonisolated(unsafe) static let options: OpaquePointer = unsafe Self.makeOptions()

    private static let frameHeadSize = 9

    /// Asks the delegate of a session for the body of an answer.
    static var body: nghttp2_data_provider {
        unsafe nghttp2_data_provider(source: nghttp2_data_source()) { _, stream, _, size, flags, _, owner in
            guard let session = unsafe HTTP2Callbacks.session(owner), let flags = unsafe flags else {
                return Int(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)
            }
            // The session writes the frame itself, without a copy in between.
            unsafe flags.pointee |= NGHTTP2_DATA_FLAG_NO_COPY.rawValue
            switch session.nextBody(on: stream, atMost: size) {
            case .wait: return Int(NGHTTP2_ERR_DEFERRED.rawValue)
            case .unknown: return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
            case .bytes(let count): return count
            case .last(let count):
                unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
                return count
            case .trailers(let count, _):
                unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue | NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
                return count
            }
        }
    }

    private static func session(_ owner: UnsafeMutableRawPointer?) -> HTTP2Session? {
        unsafe owner.map { unsafe Unmanaged<HTTP2Session>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func makeOptions() -> OpaquePointer {
        var made: OpaquePointer?
        guard unsafe nghttp2_option_new(&made) == 0, let options = unsafe made else {
            // As with memory of Swift's own: a program that gets none ends.
            fatalError("There is no memory for the options of HTTP/2.")
        }
        // The delegate says when bytes were taken, and judges the fields.
        unsafe nghttp2_option_set_no_auto_window_update(options, 1)
        unsafe nghttp2_option_set_no_http_messaging(options, 1)
        // Streams that are over are kept for a tree of priorities, which there is not.
        unsafe nghttp2_option_set_no_closed_streams(options, 1)
        // What differs from answer to answer only wears the table out; and what is in no table betrays nothing by its size
        // (RFC 7541, 7.1).
        unsafe nghttp2_option_set_max_deflate_dynamic_table_size(options, 0)
        unsafe nghttp2_option_set_max_outbound_ack(options, 1_000)
        return unsafe options
    }

    private static func makeCallbacks() -> OpaquePointer {
        var made: OpaquePointer?
        guard unsafe nghttp2_session_callbacks_new(&made) == 0, let callbacks = unsafe made else {
            // See above.
            fatalError("There is no memory for the callbacks of HTTP/2.")
        }
        unsafe Self.setReceiving(callbacks)
        unsafe Self.setSending(callbacks)
        return unsafe callbacks
    }

    /// What a callback says once bytes were taken: the library stops where the delegate has ended the connection, and
    /// reads nothing that is behind.
    private static func result(_ session: HTTP2Session) -> Int32 {
        session.isTerminated ? NGHTTP2_ERR_CALLBACK_FAILURE.rawValue : 0
    }

    private static func setReceiving(_ callbacks: OpaquePointer) {
        unsafe nghttp2_session_callbacks_set_on_begin_frame_callback(callbacks) { _, head, owner in
            guard let head = unsafe head, let session = unsafe HTTP2Callbacks.session(owner) else { return 0 }
            if unsafe UInt32(head.pointee.type) == NGHTTP2_HEADERS.rawValue { session.beginHeaders() }
            return HTTP2Callbacks.result(session)
        }
        unsafe nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks) { _, frame, _, owner in
            guard let frame = unsafe frame, let session = unsafe HTTP2Callbacks.session(owner) else { return 0 }
            // A HEADERS frame that becomes nothing is counted with the next one.
            if unsafe UInt32(frame.pointee.hd.type) != NGHTTP2_HEADERS.rawValue { session.spoiled() }
            return HTTP2Callbacks.result(session)
        }
        unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks) { _, _, owner in
            unsafe HTTP2Callbacks.session(owner)?.beginBlock()
            return 0
        }
        unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks) {
            _,
            _,
            name,
            nameCount,
            value,
            valueCount,
            _,
            owner in
            let isNoted = unsafe HTTP2Callbacks.session(owner)?
                .note(
                    name: UnsafeRawBufferPointer(start: name, count: nameCount),
                    value: UnsafeRawBufferPointer(start: value, count: valueCount)
                )
            return isNoted == true ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE.rawValue
        }
        unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks) {
            _,
            _,
            stream,
            data,
            count,
            owner in
            guard let session = unsafe HTTP2Callbacks.session(owner) else { return 0 }
            unsafe session.received(UnsafeRawBufferPointer(start: data, count: count), on: stream)
            return HTTP2Callbacks.result(session)
        }
        unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks) { _, frame, owner in
            guard let frame = unsafe frame, let session = unsafe HTTP2Callbacks.session(owner) else { return 0 }
            let head = unsafe frame.pointee.hd
            let endsStream = UInt32(head.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0
            switch UInt32(head.type) {
            case NGHTTP2_HEADERS.rawValue:
                let isRequest = unsafe frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST
                session.endBlock(on: head.stream_id, isRequest: isRequest, endsStream: endsStream)
            case NGHTTP2_DATA.rawValue: if endsStream { session.receivedEnd(on: head.stream_id) }
            case NGHTTP2_PING.rawValue:
                if UInt32(head.flags) & NGHTTP2_FLAG_ACK.rawValue != 0 { session.receivedAcknowledgement() }
            case _: break
            }
            return HTTP2Callbacks.result(session)
        }
        unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks) { _, stream, errorCode, owner in
            unsafe HTTP2Callbacks.session(owner)?.closed(stream, errorCode: errorCode)
            return 0
        }
    }

    private static func setSending(_ callbacks: OpaquePointer) {
        unsafe nghttp2_session_callbacks_set_send_data_callback(callbacks) { _, frame, head, count, _, owner in
            guard let frame = unsafe frame, let session = unsafe HTTP2Callbacks.session(owner) else {
                return NGHTTP2_ERR_CALLBACK_FAILURE.rawValue
            }
            let isWritten = unsafe session.writeBody(
                count,
                head: UnsafeRawBufferPointer(start: head, count: HTTP2Callbacks.frameHeadSize),
                on: frame.pointee.hd.stream_id
            )
            return isWritten.map { $0 ? 0 : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue }
                ?? NGHTTP2_ERR_WOULDBLOCK.rawValue
        }
        unsafe nghttp2_session_callbacks_set_on_frame_send_callback(callbacks) { _, frame, owner in
            guard let frame = unsafe frame, let session = unsafe HTTP2Callbacks.session(owner) else { return 0 }
            let head = unsafe frame.pointee.hd
            switch UInt32(head.type) {
            case NGHTTP2_HEADERS.rawValue, NGHTTP2_DATA.rawValue:
                if UInt32(head.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0 { session.sentEnd(on: head.stream_id) }
            case NGHTTP2_RST_STREAM.rawValue:
                unsafe session.sentReset(errorCode: frame.pointee.rst_stream.error_code)
            case NGHTTP2_GOAWAY.rawValue: session.sentLeave()
            case _: break
            }
            return 0
        }
        // A header block that is too long for the library: the client must not wait for it. Of a stream that is over by
        // then it was told, or has told itself.
        unsafe nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks) { _, frame, error, owner in
            guard error == NGHTTP2_ERR_FRAME_SIZE_ERROR.rawValue else { return 0 }
            guard let frame = unsafe frame, let session = unsafe HTTP2Callbacks.session(owner) else { return 0 }
            let head = unsafe frame.pointee.hd
            if UInt32(head.type) == NGHTTP2_HEADERS.rawValue { session.reset(head.stream_id, .internalError) }
            return 0
        }
    }
}
