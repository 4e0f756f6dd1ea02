import NIOCore
import NIOPosix
import ReverseProxy

/// What the doctor learns from the network: whether names resolve and upstreams accept connections.
struct NetworkExamination: Sendable {
    let settings: Settings

    /// Looks at the public name and at every upstream.
    func findings() async -> [DoctorFinding] {
        var findings = [await self.publicName()]
        var seen: Set<UpstreamURL> = []
        for route in self.settings.routing.table.routes {
            for upstream in route.allUpstreams where seen.insert(upstream).inserted {
                findings.append(await self.upstream(upstream, of: route))
            }
        }
        return findings
    }

    private func publicName() async -> DoctorFinding {
        let url = self.settings.listener.publicURL
        let resolved = await withCheckedContinuation { continuation in
            // Resolving blocks; the singleton pool is made for that.
            NIOThreadPool.singleton.submit { _ in
                continuation.resume(returning: try? SocketAddress.makeAddressResolvingHost(url.host, port: url.port))
            }
        }
        guard let resolved else {
            return .failure(
                "DNS",
                "\(url.host) of PUBLIC_URL does not resolve on this machine",
                remedy: "make a DNS record for it, or correct PUBLIC_URL"
            )
        }
        return .ok("DNS", "\(url.host) is \(resolved.ipAddress ?? "\(resolved)")")
    }

    private func upstream(_ upstream: UpstreamURL, of route: Route) async -> DoctorFinding {
        let check = "upstream \(upstream)"
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(3))
                .connect(host: upstream.host, port: upstream.port).get()
            try? await channel.close()
            return .ok(check, "accepts connections")
        } catch {
            return .failure(
                check,
                "does not accept connections (route \(route.name))",
                remedy: "start the application, or correct UPSTREAM or the route"
            )
        }
    }
}
