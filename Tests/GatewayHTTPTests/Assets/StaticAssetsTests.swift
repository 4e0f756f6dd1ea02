import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Assets")
struct StaticAssetsTests {
    @Test func mayBeKeptForGood() async throws {
        let gateway = try TestGateway()
        let assets = StaticAssets(site: gateway.site)
        try await gateway.application.test(.router) { client in
            for (path, type) in [
                (assets.stylesheetPath, "text/css; charset=utf-8"), (assets.iconPath, "image/svg+xml"),
            ] {
                try await client.execute(uri: path, method: .get) { response in
                    #expect(response.status == .ok)
                    #expect(response.headers[.contentType] == type)
                    #expect(response.headers[values: .cacheControl] == ["public, max-age=31536000, immutable"])
                    #expect(response.body.readableBytes > 100)
                }
            }
            try await client.execute(uri: "/.portico/assets/portico.000000000000.css", method: .get) {
                #expect($0.status == .notFound)
            }
        }
    }

    @Test func lieUnderThePrefix() {
        let assets = StaticAssets(site: PublicSite(origin: "https://apps.example.com", prefix: "/gate"))
        #expect(assets.stylesheetPath.hasPrefix("/gate/assets/portico."))
        #expect(assets.stylesheetPath.hasSuffix(".css"))
    }
}
