import Crypto
import HTTPTypes
package import Hummingbird

/// The stylesheet and the icon, under names that carry a hash of their content, so that browsers may keep them for good.
package struct StaticAssets: Sendable {
    private struct Asset {
        let fileName: String
        let contentType: String
        let bytes: [UInt8]

        init(name: String, fileExtension: String, contentType: String, text: String) {
            let bytes = Array(text.utf8)
            let digits = Array("0123456789abcdef".utf8)
            let digest = SHA256.hash(data: bytes).prefix(6).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
            self.fileName = "\(name).\(String(decoding: digest, as: UTF8.self)).\(fileExtension)"
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    private let folder: String
    private let stylesheet = Asset(
        name: "portico",
        fileExtension: "css",
        contentType: "text/css; charset=utf-8",
        text: Stylesheet.text
    )
    private let icon = Asset(name: "mark", fileExtension: "svg", contentType: "image/svg+xml", text: Mark.icon)

    /// Makes the assets of an installation.
    package init(site: PublicSite) {
        self.folder = site.prefix + "/assets/"
    }

    /// The path of the stylesheet.
    package var stylesheetPath: String { self.folder + self.stylesheet.fileName }
    /// The path of the icon.
    package var iconPath: String { self.folder + self.icon.fileName }

    /// Serves the assets.
    package func addRoutes(to router: Router<GatewayRequestContext>) {
        for asset in [self.stylesheet, self.icon] {
            router.get(RouterPath(self.folder + asset.fileName)) { _, _ in
                Response(
                    status: .ok,
                    headers: [
                        .contentType: asset.contentType, .cacheControl: "public, max-age=31536000, immutable",
                    ],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes))
                )
            }
        }
    }
}
