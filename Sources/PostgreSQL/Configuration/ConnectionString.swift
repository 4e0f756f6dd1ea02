import CLibPQ

/// A checked libpq connection string.
///
/// It has no description that holds the password.
struct ConnectionString: Sendable, CustomStringConvertible, CustomReflectable {
    /// The string for libpq alone.
    let rawValue: String
    /// Host, port and database for people to read.
    let endpoint: String
    /// What must never appear in a text that leaves this module.
    private let secrets: [String]

    /// Checks a string with libpq's own parser.
    ///
    /// - Throws: ``PostgreSQLError/invalidConfiguration(_:)``. libpq's reason is dropped, because it quotes the part
    ///   that it could not read, and that can be the password.
    init(_ rawValue: String) throws(PostgreSQLError) {
        guard let options = Self.parse(rawValue) else {
            throw .invalidConfiguration(
                "not a libpq connection URI (postgresql://user:password@host:5432/database); "
                    + "characters such as @ : / % in a password must be percent-encoded"
            )
        }
        self.rawValue = rawValue
        let hosts = options["host"] ?? options["hostaddr"] ?? "local socket"
        let port = options["port"].map { ":\($0)" } ?? ""
        self.endpoint = "\(hosts)\(port)/\(options["dbname"] ?? options["user"] ?? "")"
        self.secrets = [options["password"], options["sslpassword"]].compactMap { $0 }.filter { !$0.isEmpty }
    }

    var description: String {
        self.endpoint
    }

    var customMirror: Mirror {
        Mirror(self, children: ["endpoint": self.endpoint])
    }

    /// A text of libpq's on one line, with every secret of this string blotted out.
    func redacted(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return self.secrets.reduce(line) { $0.replacing($1, with: "[redacted]") }
    }

    /// The options that a string sets, or `nil` if it is malformed.
    private static func parse(_ text: String) -> [String: String]? {
        guard !text.isEmpty, !text.utf8.contains(0) else {
            return nil
        }
        var message: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(text, &message)
        defer {
            unsafe PQconninfoFree(options)
            unsafe PQfreemem(message)
        }
        guard var option = unsafe options else {
            return nil
        }
        var values: [String: String] = [:]
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe values[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        return values
    }
}
