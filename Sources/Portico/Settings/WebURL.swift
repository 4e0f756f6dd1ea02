import Foundation

/// An `http` or `https` URL without user, query or fragment, taken apart.
struct WebURL: Hashable, Sendable {
    /// The two schemes that there are.
    enum Scheme: String, Hashable, Sendable {
        case http
        case https

        /// The port that the scheme implies.
        var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    /// `http` or `https`.
    let scheme: Scheme

    /// The host in lower case; an IPv6 address without brackets.
    let host: String

    /// The port, the scheme's own where none is written.
    let port: Int

    /// The path; empty or beginning with a slash.
    let path: String

    /// Reads a URL.
    static func parse(_ text: String) throws(SettingProblem) -> WebURL {
        let remedy = "write a URL such as https://apps.example.com"
        guard let components = URLComponents(string: text), let scheme = components.scheme?.lowercased(),
            let rawHost = components.host, !rawHost.isEmpty
        else {
            throw SettingProblem("is not a URL", remedy)
        }
        guard let scheme = Scheme(rawValue: scheme) else {
            throw SettingProblem("is neither an http nor an https URL", remedy)
        }
        guard components.user == nil, components.password == nil else {
            throw SettingProblem("contains a user name or password", "take it out of the URL")
        }
        guard components.query == nil, components.fragment == nil else {
            throw SettingProblem("contains a query or fragment", "end it with the path")
        }
        let port = components.port ?? scheme.defaultPort
        guard (1...65_535).contains(port) else {
            throw SettingProblem("has no port between 1 and 65535", remedy)
        }
        var host = rawHost.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        let path = components.percentEncodedPath
        return WebURL(scheme: scheme, host: host, port: port, path: path == "/" ? "" : path)
    }

    /// Scheme, host and port, the port only where it is not the scheme's own.
    var origin: String {
        let host = self.host.contains(":") ? "[\(self.host)]" : self.host
        return "\(self.scheme)://\(host)" + (self.port == self.scheme.defaultPort ? "" : ":\(self.port)")
    }

    /// Whether the host can only be this machine, which is where browsers trust plain http.
    var isLoopback: Bool {
        self.host == "localhost" || self.host.hasSuffix(".localhost") || self.host == "127.0.0.1" || self.host == "::1"
    }
}

extension WebURL: CustomStringConvertible {
    var description: String { self.origin + self.path }
}
