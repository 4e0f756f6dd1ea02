import Workspaces

/// Reads `multipart/form-data` as browsers send it (RFC 7578; HTML, 4.10.21.8), and nothing else.
///
///     --boundary CRLF
///     Content-Disposition: form-data; name="…"[; filename="…"] CRLF [Content-Type: … CRLF] CRLF
///     the value, or the bytes of the file CRLF
///     --boundary …                                                   for each field
///     --boundary-- [CRLF]                                            and nothing behind it
///
/// The body was read up to its limit before; here the number of parts and the length of their headers are limited, too.
enum MultipartForm {
    /// The greatest length of the headers of a part: of a name of ours and one of a file.
    private static let maximumHeaderBytes = 2_048
    /// The greatest length of a boundary (RFC 2046, section 5.1.1).
    private static let maximumBoundaryBytes = 70

    private static let lineEnd = Array("\r\n".utf8)
    private static let dashes = Array("--".utf8)

    /// What a part is: a name, and whether it has a file.
    private struct Disposition {
        let name: String
        let isFile: Bool
    }

    /// The boundary that a media type names; `nil` for another media type, or a boundary that no browser makes.
    static func boundary(of contentType: String?) -> [UInt8]? {
        guard let contentType else { return nil }
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.trimmed(parts[0]).lowercased() == "multipart/form-data" else { return nil }
        let parameter = Self.trimmed(parts[1])
        guard parameter.lowercased().hasPrefix("boundary=") else { return nil }
        var value = Array(parameter.utf8.dropFirst("boundary=".utf8.count))
        if value.count > 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
            value = Array(value.dropFirst().dropLast())
        }
        guard (1...Self.maximumBoundaryBytes).contains(value.count), value.allSatisfy(Self.isBoundaryByte) else {
            return nil
        }
        return value
    }

    /// Reads a body.
    ///
    /// - Throws: `form_invalid` for anything that a browser would not send.
    static func decode(_ bytes: [UInt8], boundary: [UInt8], maximumFields: Int) throws(RequestRefusal) -> Form {
        let delimiter = Self.lineEnd + Self.dashes + boundary
        guard bytes.starts(with: delimiter.dropFirst(Self.lineEnd.count)) else { throw .formInvalid }
        var rest = bytes.dropFirst(delimiter.count - Self.lineEnd.count)
        var fields: [Form.Field] = []
        var files: [Form.File] = []
        while !rest.starts(with: Self.dashes) {
            guard fields.count + files.count < maximumFields, rest.starts(with: Self.lineEnd) else {
                throw .formInvalid
            }
            rest = rest.dropFirst(Self.lineEnd.count)
            let headerEnd = Self.lineEnd + Self.lineEnd
            guard let end = Self.index(of: headerEnd, in: rest.prefix(Self.maximumHeaderBytes)) else {
                throw .formInvalid
            }
            let disposition = try Self.disposition(rest[..<end])
            rest = rest[(end + headerEnd.count)...]
            guard let next = Self.index(of: delimiter, in: rest) else { throw .formInvalid }
            let content = rest[..<next]
            rest = rest[(next + delimiter.count)...]
            if disposition.isFile {
                files.append(Form.File(name: disposition.name, bytes: Array(content)))
            } else {
                fields.append(Form.Field(name: disposition.name, value: try Self.text(content)))
            }
        }
        let epilogue = rest.dropFirst(Self.dashes.count)
        guard epilogue.isEmpty || epilogue.elementsEqual(Self.lineEnd) else { throw .formInvalid }
        return Form(fields: fields, files: files)
    }

    // MARK: - Headers

    private static func disposition(_ header: ArraySlice<UInt8>) throws(RequestRefusal) -> Disposition {
        var found: Disposition?
        for line in try Self.text(header).split(separator: "\r\n", omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":") else { throw .formInvalid }
            let value = Self.trimmed(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard found == nil else { throw .formInvalid }
                found = try Self.disposition(value)
            case "content-type": continue
            case _: throw .formInvalid
            }
        }
        guard let found else { throw .formInvalid }
        return found
    }

    // Reads form-data; name="…"; filename="…", in which a quotation mark within a name comes as %22: the next one ends it.
    private static func disposition(_ value: Substring) throws(RequestRefusal) -> Disposition {
        guard value.hasPrefix("form-data") else { throw .formInvalid }
        var rest = value.dropFirst("form-data".count)
        var values: [String: String] = [:]
        while !rest.isEmpty {
            guard rest.hasPrefix("; "), let equals = rest.firstIndex(of: "=") else { throw .formInvalid }
            let name = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<equals])
            let quoted = rest[rest.index(after: equals)...]
            guard quoted.first == "\"", let end = quoted.dropFirst().firstIndex(of: "\""),
                name == "name" || name == "filename", values[name] == nil
            else { throw .formInvalid }
            values[name] = String(quoted[quoted.index(after: quoted.startIndex)..<end])
            rest = quoted[quoted.index(after: end)...]
        }
        guard let name = values["name"] else { throw .formInvalid }
        return Disposition(name: name, isFile: values["filename"] != nil)
    }

    // MARK: - Bytes

    private static func text(_ bytes: ArraySlice<UInt8>) throws(RequestRefusal) -> String {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self), StreamSafeText.contains(text)
        else { throw .formInvalid }
        return text
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let beginning = text.drop { $0 == " " || $0 == "\t" }
        guard let last = beginning.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return beginning[...last]
    }

    private static func isBoundaryByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "'"),
            UInt8(ascii: "."):
            true
        case _: false
        }
    }

    private static func index(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = pattern.first else { return nil }
        var rest = bytes
        while let found = rest.firstIndex(of: first) {
            if rest[found...].starts(with: pattern) { return found }
            rest = rest[(found + 1)...]
        }
        return nil
    }
}
