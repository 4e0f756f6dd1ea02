import CNIOLLHTTP

/// Reads messages with llhttp as swift-nio builds it, and none of its leniency.
final class LLHTTPReader {
    private let kind: MessageStream.Kind
    private var messages: [ReadMessage] = []
    private var url: [UInt8] = []
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    private var fields: [[UInt8]] = []
    private var hasHead = false

    private init(kind: MessageStream.Kind) {
        self.kind = kind
    }

    /// What llhttp reads of a connection's bytes before it refuses.
    static func read(_ bytes: [UInt8], kind: MessageStream.Kind) -> [ReadMessage] {
        let reader = LLHTTPReader(kind: kind)
        var settings = Self.settings
        var parser = llhttp_t()
        withExtendedLifetime(reader) {
            withUnsafeMutablePointer(to: &settings) { settings in
                c_nio_llhttp_init(&parser, kind == .requests ? HTTP_REQUEST : HTTP_RESPONSE, settings)
                parser.data = Unmanaged.passUnretained(reader).toOpaque()
                bytes.withUnsafeBytes { bytes in Self.execute(&parser, bytes) }
            }
        }
        return reader.messages
    }

    /// Gives bytes to the parser, which pauses behind a message that asks for another protocol.
    private static func execute(_ parser: inout llhttp_t, _ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        var start = base
        while c_nio_llhttp_execute_swift(&parser, start, base + bytes.count - start) == HPE_PAUSED_UPGRADE,
            let position = c_nio_llhttp_get_error_pos(&parser)
        {
            start = UnsafeRawPointer(position)
            c_nio_llhttp_resume_after_upgrade(&parser)
        }
    }

    private static let settings: llhttp_settings_t = {
        var settings = llhttp_settings_t()
        c_nio_llhttp_settings_init(&settings)
        settings.on_message_begin = { LLHTTPReader.of($0)?.begin() ?? -1 }
        settings.on_url = { parser, start, length in
            LLHTTPReader.of(parser)?.add(start, length, to: \.url) ?? -1
        }
        settings.on_header_field = { parser, start, length in
            LLHTTPReader.of(parser)?.add(start, length, to: \.name) ?? -1
        }
        settings.on_header_value = { parser, start, length in
            LLHTTPReader.of(parser)?.add(start, length, to: \.value) ?? -1
        }
        settings.on_header_value_complete = { LLHTTPReader.of($0)?.finishField() ?? -1 }
        settings.on_headers_complete = { parser in
            guard let parser else { return -1 }
            return LLHTTPReader.of(parser)?.finishHead(parser.pointee) ?? -1
        }
        settings.on_body = { parser, start, length in LLHTTPReader.of(parser)?.addBody(start, length) ?? -1 }
        settings.on_message_complete = { parser in
            // As swift-nio does: a length that is left would count for the next message.
            parser?.pointee.content_length = 0
            return LLHTTPReader.of(parser)?.finish() ?? -1
        }
        return settings
    }()

    private static func of(_ parser: UnsafeMutablePointer<llhttp_t>?) -> LLHTTPReader? {
        guard let data = parser?.pointee.data else { return nil }
        return Unmanaged<LLHTTPReader>.fromOpaque(data).takeUnretainedValue()
    }

    private func begin() -> CInt {
        self.url = []
        self.hasHead = false
        self.fields = []
        return 0
    }

    private func add(
        _ start: UnsafePointer<CChar>?,
        _ length: Int,
        to part: ReferenceWritableKeyPath<LLHTTPReader, [UInt8]>
    ) -> CInt {
        self[keyPath: part] += UnsafeRawBufferPointer(start: start, count: length)
        return 0
    }

    private func finishField() -> CInt {
        let field = ReadMessage.field(name: self.name, value: self.value)
        self.name = []
        self.value = []
        if self.hasHead {
            self.messages[self.messages.count - 1].trailers.append(field)
        } else {
            self.fields.append(field)
        }
        return 0
    }

    /// Tells the parser whether there is a body, as swift-nio does.
    private func finishHead(_ parser: llhttp_t) -> CInt {
        let version = Array("HTTP/\(parser.http_major).\(parser.http_minor)".utf8)
        let space = [UInt8(ascii: " ")]
        self.hasHead = true
        guard self.kind != .requests else {
            let name = c_nio_llhttp_method_name(llhttp_method_t(rawValue: UInt32(parser.method)))
            let method = name.map { Array(String(cString: $0).utf8) } ?? []
            self.messages.append(ReadMessage(start: method + space + self.url + space + version, fields: self.fields))
            return 0
        }
        let status = Int(parser.status_code)
        self.messages.append(ReadMessage(start: version + space + Array("\(status)".utf8), fields: self.fields))
        let isBare = status < 200 || status == 204 || status == 304 || self.kind == .answersToHEAD
        return isBare && status != 101 ? 1 : 0
    }

    private func addBody(_ start: UnsafePointer<CChar>?, _ length: Int) -> CInt {
        self.messages[self.messages.count - 1].body += UnsafeRawBufferPointer(start: start, count: length)
        return 0
    }

    private func finish() -> CInt {
        self.messages[self.messages.count - 1].isComplete = true
        return 0
    }
}
