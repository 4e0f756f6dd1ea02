/// An https URL of a closed form: a host of letters, digits, dots, hyphens and underscores or an address, no user name, no
/// fragment, visible ASCII alone.
///
/// The form leaves nothing that two parsers could read differently; which addresses the host may have is another question,
/// which ``Fetcher`` asks after it was resolved.
package struct FetchURL: Hashable, Sendable {
    /// The name or address, in lower case, an IPv6 address without brackets.
    package let host: String
    /// The port; 443 where none is written.
    package let port: Int
    /// Path and query.
    let target: String

    private static let scheme = "https://"
    private static let longest = 2048

    /// Reads a URL that a person gave.
    ///
    /// - Throws: `urlRefused`.
    package init(_ text: String) throws(FetchFailure) {
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            text.prefix(Self.scheme.count).lowercased() == Self.scheme, !text.contains("#"), !text.contains("\\")
        else { throw .urlRefused }
        let rest = text.dropFirst(Self.scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest.dropFirst(authority.count)
        guard let (host, port) = Self.parse(authority) else { throw .urlRefused }
        self.host = host
        self.port = port
        self.target = target.first == "/" ? String(target) : "/" + target
    }

    /// Where a redirection leads (RFC 9110, 10.2.2); its fragment is left out.
    func redirected(to location: String) throws(FetchFailure) -> FetchURL {
        let reference = String(location.prefix { $0 != "#" })
        let authority = Self.scheme + self.authority
        do throws(FetchFailure) {
            if reference.hasPrefix("//") { return try FetchURL("https:" + reference) }
            if reference.hasPrefix("/") { return try FetchURL(authority + reference) }
            if reference.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") { return try FetchURL(reference) }
            let path = self.target.prefix { $0 != "?" }
            guard !reference.isEmpty, !reference.hasPrefix("?") else {
                return try FetchURL(authority + path + reference)
            }
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
            return try FetchURL(authority + folder + reference)
        } catch {
            throw .redirectionRefused(host: self.host)
        }
    }

    /// The host as it is written in URLs and in the Host field, with the port where it is not 443.
    var authority: String {
        let host = self.isIPv6 ? "[\(self.host)]" : self.host
        return self.port == 443 ? host : "\(host):\(self.port)"
    }

    /// The name that the server's certificate must have, nil where the host is an address.
    var serverName: String? {
        let isIPv4 = self.host.split(separator: ".").last?.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ?? false
        return self.isIPv6 || isIPv4 ? nil : self.host
    }

    private var isIPv6: Bool { self.host.contains(":") }

    private static func parse(_ authority: Substring) -> (host: String, port: Int)? {
        let host: Substring
        let rest: Substring
        if authority.first == "[" {
            host = authority.dropFirst().prefix { $0 != "]" }
            rest = authority.dropFirst(host.count + 2)
            guard host.contains(":"), host.utf8.allSatisfy(self.isAddressByte),
                authority.dropFirst(host.count + 1).first == "]"
            else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority.dropFirst(host.count)
            guard host.utf8.allSatisfy(self.isNameByte), host.first != "-", host.first != "." else { return nil }
        }
        guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
        guard !rest.isEmpty else { return (host.lowercased(), 443) }
        let digits = rest.dropFirst()
        guard rest.first == ":", (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let port = Int(digits), (1...65_535).contains(port)
        else { return nil }
        return (host.lowercased(), port)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        case _: false
        }
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        case _: false
        }
    }
}
