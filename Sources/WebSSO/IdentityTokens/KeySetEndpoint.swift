import Crypto
package import FoundationEssentials
package import GatewayHTTP
import HTTPTypes
package import Hummingbird
import NIOCore
import Workspaces

/// Publishes the keys by which upstreams verify identity tokens (interface 3), at both of their addresses.
package struct KeySetEndpoint: Sendable {
    private let site: PublicSite
    private let keys: IdentityKeyDirectory
    private let now: @Sendable () -> Date

    /// Puts the parts together.
    ///
    /// - Parameters:
    ///   - site: Where the key set is found.
    ///   - keys: The keys.
    ///   - now: The clock.
    package init(site: PublicSite, keys: IdentityKeyDirectory, now: @escaping @Sendable () -> Date = { Date() }) {
        self.site = site
        self.keys = keys
        self.now = now
    }

    /// Adds both addresses; the middlewares of `GatewayMiddleware` must be there already.
    package func addRoutes(to router: Router<GatewayRequestContext>) {
        for path in [self.site.keySetPath, self.site.wellKnownKeySetPath] {
            router.get(RouterPath(path)) { request, _ in try self.answer(request) }
            router.head(RouterPath(path)) { request, _ in try self.answer(request).createHeadResponse() }
        }
    }

    private func answer(_ request: Request) throws -> Response {
        // An empty set would make upstreams refuse everybody for as long as they keep it.
        guard let keys = self.keys.current else { throw GatewayError(.unavailable) }
        let json = keys.keySet(at: self.now()).json
        let tag = "\"\(Self.hexadecimal(SHA256.hash(data: json).prefix(16)))\""
        let headers: HTTPFields = [
            .cacheControl: "public, max-age=\(JSONWebKeySet.maxAge.components.seconds)", .eTag: tag,
        ]
        guard !Self.holds(request.headers[values: .ifNoneMatch], tag) else {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json))
        )
        response.headers[.contentType] = JSONWebKeySet.mediaType
        return response
    }

    /// Whether a condition names a tag, by the weak comparison (RFC 9110, section 13.1.2).
    private static func holds(_ conditions: [String], _ tag: String) -> Bool {
        let named: [String] = conditions.flatMap { $0.split(separator: ",") }
            .map { condition in condition.filter { $0 != " " && $0 != "\t" } }
        return named.contains { [tag, "W/" + tag, "*"].contains($0) }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    }
}
