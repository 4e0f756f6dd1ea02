import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// `/ping`, `/ready` and `/metrics`, on a listener of their own that the public never reaches.
struct OperationsListener: Sendable {
    private let monitor: DatabaseMonitor
    private let metrics: GatewayMetrics

    init(monitor: DatabaseMonitor, metrics: GatewayMetrics) {
        self.monitor = monitor
        self.metrics = metrics
    }

    /// The routes: `/ping` says that the process runs, `/ready` whether it should get traffic, `/metrics` what it did.
    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.get("/ping") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "pong\n"))
            )
        }
        router.get("/ready") { _, _ in
            let report = await self.monitor.report()
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let body = try encoder.encode(report) + Data("\n".utf8)
            return Response(
                status: report.isReady ? .ok : .serviceUnavailable,
                headers: [.contentType: "application/json", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
            )
        }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: MetricsText.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: await self.metrics.page(now: Date()))
            )
        }
        return router
    }
}
