/// An address and port to listen on: `127.0.0.1:8080`, `[::1]:8080`, or `:8080` for every interface.
struct ListenAddress: Hashable, Sendable {
    /// A host name or address without brackets.
    let host: String

    /// A port; 0 asks for a free one.
    let port: Int

    /// Reads `host:port`.
    static func parse(_ text: String) throws(SettingProblem) -> ListenAddress {
        let remedy = "write host:port, such as 127.0.0.1:8080, [::1]:8080 or :8080"
        guard let colon = text.lastIndex(of: ":") else {
            throw SettingProblem("has no port", remedy)
        }
        guard let port = UInt16(text[text.index(after: colon)...]) else {
            throw SettingProblem("has no port between 0 and 65535", remedy)
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") || host.contains("/") {
            throw SettingProblem("is not host:port", remedy)
        }
        return ListenAddress(host: host.isEmpty ? "0.0.0.0" : String(host), port: Int(port))
    }
}

extension ListenAddress: CustomStringConvertible {
    var description: String {
        self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
    }
}
