import HTTPTypes
package import Hummingbird
import Workspaces

/// Reads `application/x-www-form-urlencoded` bodies and queries, with a limit on everything; where a file may come along,
/// `multipart/form-data` bodies, too.
///
/// It is stricter than browsers need: a name that comes twice is an error wherever one value is asked for, an escape
/// must be two hexadecimal digits, and the text must be UTF-8 without NUL that can be compared (``StreamSafeText``).
package struct FormDecoder: Hashable, Sendable {
    /// The limit of the forms that people fill in.
    package static let page = FormDecoder(maximumBytes: 16_384)
    /// The limit of a form that carries a SAML message: the largest message of rulings 5 in base64, with its escapes.
    package static let samlMessage = FormDecoder(maximumBytes: 786_432, tooLarge: GatewayError(.tooLarge))

    /// The limit of the forms of the settings: eight certificates, each field filled to its end.
    package static let settings = FormDecoder(maximumBytes: 262_144, maximumFields: 64)
    /// The limit of the form of mappings: two hundred lines and the empty ones.
    package static let mappings = FormDecoder(maximumBytes: 1_048_576, maximumFields: 2_048)
    /// The limit of a form that carries metadata beside the settings: 1 MiB with its escapes, or as a file.
    package static let metadata = FormDecoder(maximumBytes: 3_670_016, maximumFields: 96, takesFiles: true)

    /// The greatest number of bytes that are read of a body.
    package let maximumBytes: Int
    /// The greatest number of fields.
    private let maximumFields: Int
    /// Whether the form may come as `multipart/form-data`, too.
    private let takesFiles: Bool
    /// What a larger body is answered with.
    private let tooLarge: GatewayError

    private init(
        maximumBytes: Int,
        maximumFields: Int = 32,
        takesFiles: Bool = false,
        tooLarge: GatewayError = GatewayError(.formTooLarge)
    ) {
        self.maximumBytes = maximumBytes
        self.maximumFields = maximumFields
        self.takesFiles = takesFiles
        self.tooLarge = tooLarge
    }

    /// Reads the body of a POST.
    ///
    /// - Throws: A ``GatewayError`` with ``RequestRefusal/formInvalid``, or, before more than the limit has been read, with
    ///   ``RequestRefusal/formTooLarge`` and for a SAML message with `too_large`.
    package func decodeBody(of request: Request) async throws -> Form {
        let contentType = request.headers[.contentType]
        let boundary = self.takesFiles ? MultipartForm.boundary(of: contentType) : nil
        guard boundary != nil || Self.isForm(contentType) else { throw GatewayError(.formInvalid) }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > self.maximumBytes {
            throw self.tooLarge
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= self.maximumBytes else { throw self.tooLarge }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        do {
            guard let boundary else { return try Self.decode(bytes, maximumFields: self.maximumFields) }
            return try MultipartForm.decode(bytes, boundary: boundary, maximumFields: self.maximumFields)
        } catch {
            throw GatewayError(error)
        }
    }

    /// Reads the query of a link; a query that is no form is as good as none.
    package static func decodeQuery(of request: Request) -> Form {
        guard let query = request.uri.query, query.utf8.count <= Self.page.maximumBytes else { return Form(fields: []) }
        let form = try? Self.decode(Array(query.utf8))
        return form ?? Form(fields: [])
    }

    /// Reads the bytes of a form.
    package static func decode(_ bytes: [UInt8], maximumFields: Int = 32) throws(RequestRefusal) -> Form {
        var fields: [Form.Field] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard fields.count < maximumFields else { throw .formInvalid }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? parts[1] : []
            fields.append(Form.Field(name: try Self.text(parts[0]), value: try Self.text(value)))
        }
        return Form(fields: fields)
    }

    /// Undoes the escapes of a name or a value (WHATWG URL, section 5.1).
    private static func text(_ escaped: ArraySlice<UInt8>) throws(RequestRefusal) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(escaped.count)
        var rest = escaped.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(Self.digit), let low = rest.next().flatMap(Self.digit) else {
                    throw .formInvalid
                }
                bytes.append(high << 4 | low)
            case _:
                bytes.append(byte)
            }
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self), StreamSafeText.contains(text)
        else { throw .formInvalid }
        return text
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        case _: nil
        }
    }

    /// Whether the media type is a form's, with at most a charset of UTF-8 behind it.
    private static func isForm(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let parts = contentType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        guard parts.first == "application/x-www-form-urlencoded" else { return false }
        return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
    }
}
