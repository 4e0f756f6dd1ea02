import NIOCore
import Workspaces

/// Writes `X-Forwarded-For`, `-Proto`, `-Host` and `Forwarded` (RFC 7239) for one client connection.
///
/// A client's own values count only when its address is a trusted proxy's. Otherwise the lines depend on the connection
/// and the `Host` alone, and are kept from one request to the next.
struct ForwardingHeaders {
    /// Whether the peer is a trusted proxy.
    let isTrusted: Bool
    /// The address of the other end.
    let peer: String
    private let address: NetworkAddress?
    private let scheme: String
    private let trustedProxies: TrustedProxies
    private var host: [UInt8] = []
    private var lines: [UInt8] = []

    /// Takes the connection's facts.
    init(peer: SocketAddress?, scheme: ReverseProxyConfiguration.Scheme, trustedProxies: TrustedProxies) {
        let address = peer.flatMap { NetworkAddress($0) }
        self.isTrusted = !trustedProxies.isEmpty && address.map(trustedProxies.contains) ?? false
        self.address = address
        self.peer = address?.description ?? "unknown"
        self.scheme = scheme.rawValue
        self.trustedProxies = trustedProxies
    }

    /// The lines for a request of a peer that is not trusted.
    mutating func lines(host: UnsafeRawBufferPointer) -> [UInt8] {
        if !self.lines.isEmpty, SameBytes.are(self.host, host) { return self.lines }
        self.host = Array(host)
        self.lines = Self.lines(
            chain: self.peer,
            client: self.peer,
            scheme: self.scheme,
            host: String(decoding: host, as: UTF8.self)
        )
        return self.lines
    }

    /// The lines for a request of a trusted proxy.
    func lines(
        host: UnsafeRawBufferPointer,
        head: UnsafeRawBufferPointer,
        fields: FieldLines
    ) -> [UInt8] {
        var chain: [String] = []
        var scheme = self.scheme
        var hostText = String(decoding: host, as: UTF8.self)
        for line in fields {
            let value = line.value(in: head)
            switch line.kind {
            case .forwardedFor:
                ListValue.forEachElement(of: value) { chain.append(String(decoding: $0, as: UTF8.self)) }
            case .forwardedProto:
                if CaseInsensitive.equal(value, "https") { scheme = "https" }
                if CaseInsensitive.equal(value, "http") { scheme = "http" }
            case .forwardedHost:
                if !value.isEmpty, value.allSatisfy(ByteClass.isHost) {
                    hostText = String(decoding: value, as: UTF8.self)
                }
            case _:
                continue
            }
        }
        return Self.lines(
            chain: (chain + [self.peer]).joined(separator: ", "),
            client: self.client(of: chain),
            scheme: scheme,
            host: hostText
        )
    }

    /// The address of the client that sent a request.
    func client(head: UnsafeRawBufferPointer, fields: FieldLines) -> String {
        guard self.isTrusted else { return self.peer }
        var chain: [String] = []
        for line in fields where line.kind == .forwardedFor {
            ListValue.forEachElement(of: line.value(in: head)) { chain.append(String(decoding: $0, as: UTF8.self)) }
        }
        return self.client(of: chain)
    }

    private func client(of chain: [String]) -> String {
        guard let address else { return self.peer }
        return
            ForwardedChain.client(
                of: chain.map { $0[...] },
                peer: address,
                read: NetworkAddress.init,
                isTrusted: self.trustedProxies.contains
            )
            .description
    }

    private static func lines(chain: String, client: String, scheme: String, host: String) -> [UInt8] {
        let node = client.contains(":") ? "\"[\(client)]\"" : client
        var text = "X-Forwarded-For: \(chain)\r\nX-Forwarded-Proto: \(scheme)\r\n"
        var forwarded = "Forwarded: for=\(node)"
        if !host.isEmpty {
            text += "X-Forwarded-Host: \(host)\r\n"
            forwarded += ";host=\"\(host)\""
        }
        return Array("\(text)\(forwarded);proto=\(scheme)\r\n".utf8)
    }
}
