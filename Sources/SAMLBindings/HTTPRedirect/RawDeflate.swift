import CZlib

/// Compression by DEFLATE without a header (RFC 1951), as the HTTP-Redirect binding wants it (saml-bindings 3.4.4.1).
package enum RawDeflate {
    /// Compresses bytes in one step.
    ///
    /// - Returns: `nil` when zlib has no memory.
    package static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        // A negative window size is zlib's way to say: no header and no checksum.
        let started = unsafe deflateInit2_(
            &stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            -MAX_WBITS,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard started == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }

        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(bytes.count))))
        let finished = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                return unsafe deflate(&stream, Z_FINISH)
            }
        }
        guard finished == Z_STREAM_END else { return nil }
        return Array(output.prefix(Int(unsafe stream.total_out)))
    }

    /// What became of bytes that anybody sent.
    package enum Expansion {
        /// One stream, with nothing behind it.
        case expanded([UInt8])
        /// More than the limit.
        case tooLarge
        /// No stream, an incomplete one, or one with something behind it.
        case malformed
    }

    /// Expands bytes, at most as far as the limit (saml-security C06).
    package static func expand(_ bytes: [UInt8], limit: Int) -> Expansion {
        var stream = unsafe z_stream()
        guard
            unsafe inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return .malformed }
        defer { unsafe inflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: limit)
        let finished = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                return unsafe inflate(&stream, Z_FINISH)
            }
        }
        switch finished {
        case Z_STREAM_END:
            guard unsafe stream.avail_in == 0 else { return .malformed }
            return .expanded(Array(output.prefix(Int(unsafe stream.total_out))))
        case Z_BUF_ERROR: return unsafe stream.avail_out == 0 ? .tooLarge : .malformed
        case _: return .malformed
        }
    }
}
