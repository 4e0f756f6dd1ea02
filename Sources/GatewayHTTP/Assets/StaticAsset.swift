import Crypto
import HTTPTypes
package import Hummingbird

/// A file of the program, under a name that carries a hash of its content, so that browsers may keep it for good.
package struct StaticAsset: Sendable {
    /// What a file is.
    package enum Kind: Sendable {
        /// CSS.
        case stylesheet
        /// SVG.
        case drawing
        /// JavaScript.
        case script

        fileprivate var fileExtension: String {
            switch self {
            case .stylesheet: "css"
            case .drawing: "svg"
            case .script: "js"
            }
        }

        fileprivate var contentType: String {
            switch self {
            case .stylesheet: "text/css; charset=utf-8"
            case .drawing: "image/svg+xml"
            case .script: "text/javascript; charset=utf-8"
            }
        }
    }

    /// The path of the file.
    package let path: String
    private let contentType: String
    private let bytes: [UInt8]

    /// Makes a file of an installation.
    package init(site: PublicSite, name: String, kind: Kind, text: String) {
        let bytes = Array(text.utf8)
        let digits = Array("0123456789abcdef".utf8)
        let digest = SHA256.hash(data: bytes).prefix(6).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        let hash = String(decoding: digest, as: UTF8.self)
        self.path = "\(site.prefix)/assets/\(name).\(hash).\(kind.fileExtension)"
        self.contentType = kind.contentType
        self.bytes = bytes
    }

    /// Serves the file.
    package func addRoute(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: self.contentType, .cacheControl: "public, max-age=31536000, immutable"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: self.bytes))
            )
        }
    }
}
