internal import CNGHTTP2

/// What is sent on streams.
extension HTTP2Session {
    /// Sends the fields of an interim answer.
    package func submitInterim(_ block: borrowing HeaderBlock, on stream: Int32) {
        unsafe self.withVectors(of: block) { vectors, count in
            unsafe nghttp2_submit_headers(
                self.session,
                UInt8(NGHTTP2_FLAG_NONE.rawValue),
                stream,
                nil,
                vectors,
                count,
                nil
            )
        }
    }

    /// Sends the fields of an answer, and then, unless they end the stream, what ``HTTP2SessionDelegate`` has of a body.
    package func submitAnswer(_ block: borrowing HeaderBlock, on stream: Int32, endsStream: Bool) {
        unsafe self.withVectors(of: block) { vectors, count in
            guard !endsStream else { return unsafe nghttp2_submit_response(self.session, stream, vectors, count, nil) }
            var provider = unsafe HTTP2Callbacks.body
            return unsafe nghttp2_submit_response(self.session, stream, vectors, count, &provider)
        }
    }

    /// Goes on with a body that had to wait.
    package func resumeBody(on stream: Int32) {
        _ = unsafe nghttp2_session_resume_data(self.session, stream)
    }

    /// Lets the client send more in place of bytes that were taken from it.
    package func consume(_ size: Int, on stream: Int32) {
        _ = unsafe nghttp2_session_consume_stream(self.session, stream, size)
    }

    /// Resets a stream, without what of its answer was not sent.
    package func reset(_ stream: Int32, _ error: HTTP2Error) {
        _ = unsafe nghttp2_submit_rst_stream(
            self.session,
            UInt8(NGHTTP2_FLAG_NONE.rawValue),
            stream,
            error.rawValue
        )
    }

    /// How many bytes of a body the client is ready to take on a stream, whatever the connection's own window is.
    package func window(of stream: Int32) -> Int {
        // It says -1 of a stream that is not there.
        max(0, Int(unsafe nghttp2_session_get_stream_remote_window_size(self.session, stream)))
    }

    /// Gives the library the fields of a block, which it copies.
    func withVectors(
        of block: borrowing HeaderBlock,
        _ submit: (UnsafePointer<nghttp2_nv>?, Int) -> Int32
    ) {
        let fields = block.fields
        self.queuedBytes += block.listSize
        unsafe block.bytes.withUnsafeBufferPointer { bytes in
            unsafe withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: fields.count) { vectors in
                guard let base = bytes.baseAddress else { return }
                let start = unsafe UnsafeMutablePointer(mutating: base)
                for (index, field) in fields.enumerated() {
                    let flags = field.isSensitive ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE
                    unsafe vectors[index] = nghttp2_nv(
                        name: start + field.start,
                        value: start + field.nameEnd,
                        namelen: field.nameEnd - field.start,
                        valuelen: field.end - field.nameEnd,
                        flags: UInt8(flags.rawValue)
                    )
                }
                // It fails where the stream is gone, of which the delegate is told anyway.
                _ = unsafe submit(UnsafePointer(vectors.baseAddress), fields.count)
            }
        }
    }
}
