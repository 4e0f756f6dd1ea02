import FoundationEssentials
import GatewayHTTP
import NIOCore
import PostgreSQL
import ReverseProxy
import WebSSO
import Workspaces

/// Everything that `/metrics` tells: the parts of a gateway that count, put together for each scrape.
///
/// Nothing here asks the database, so the answer comes while that is away.
struct GatewayMetrics: Sendable {
    let proxy: ReverseProxy
    let sessions: SessionDirectory
    let listening: ListeningState
    let monitor: DatabaseMonitor
    let pools: GatewayPools
    let endpoints: EndpointCounter
    let signIns: SSOCounter
    let accessLog: AccessLog
    let certificates: CertificateEnds
    let auditChains: AuditChainCounts
    let keys: SPKeyDirectory
    /// The certificate with which the gateway speaks TLS itself.
    let tls: ServerCertificate?
    /// When the gateway was started.
    let startedAt: Date

    /// All numbers at this moment, in the text exposition format.
    func page(now: Date) async -> ByteBuffer {
        let proxy = await self.proxy.counts()
        var text = MetricsText()
        Self.writeRequests(proxy, to: &text)
        Self.writeConnections(proxy, to: &text)
        self.writeSessions(to: &text)
        self.writeDatabase(to: &text)
        self.writeEndpoints(to: &text)
        Self.write(self.auditChains.latest, now: now, to: &text)
        self.writeCertificates(now: now, to: &text)
        self.writeProcess(to: &text)
        return text.buffer
    }

    // MARK: - The data plane

    private static func writeRequests(_ counts: ProxyCounts, to text: inout MetricsText) {
        text.begin(.httpRequests)
        for (route, answers) in counts.routes.map({ ($0.name, $0.answers) }) + [("", counts.elsewhere)] {
            for answer in answers {
                text.add(route, answer.method, "\(answer.statusClass)xx", value: answer.count)
            }
        }
        text.begin(.httpRequestsUnfinished)
        for route in counts.routes { text.add(route.name, value: route.unfinished) }
        text.begin(.httpTimeouts)
        for route in counts.routes {
            for timeout in RouteTimeout.allCases {
                text.add(route.name, timeout.rawValue, value: route.timeouts[timeout] ?? 0)
            }
        }
        text.begin(.httpRequestDuration)
        for route in counts.routes {
            text.addHistogram(
                route.name,
                bounds: DurationHistogram.bounds,
                counts: route.durations.counts,
                sum: route.durations.sum
            )
        }
        text.begin(.httpRequestsInFlight)
        text.add(value: counts.inFlight)
        text.begin(.httpRefusals)
        for code in ProxyError.allCases { text.add(code.rawValue, value: counts.refusals[code] ?? 0) }
        text.begin(.forwardAuthRequests)
        for (statusClass, answers) in Dictionary(grouping: counts.questions, by: \.statusClass)
            .sorted(by: { $0.key < $1.key })
        {
            text.add("\(statusClass)xx", value: answers.reduce(0) { $0 + $1.count })
        }
    }

    private static func writeConnections(_ counts: ProxyCounts, to text: inout MetricsText) {
        text.begin(.clientConnections)
        text.add(value: counts.connections.clients)
        text.begin(.clientConnectionsAccepted)
        text.add(value: counts.acceptedConnections)
        text.begin(.clientConnectionsRefused)
        text.add(value: counts.refusedConnections)
        text.begin(.tunnels)
        text.add(value: counts.tunnels)
        text.begin(.clientReceivedBytes)
        text.add(value: counts.receivedBytes)
        text.begin(.clientSentBytes)
        text.add(value: counts.sentBytes)
        text.begin(.upstreamConnections)
        for upstream in counts.upstreams {
            text.add("\(upstream.origin)", "busy", value: upstream.open - upstream.idle)
            text.add("\(upstream.origin)", "idle", value: upstream.idle)
        }
        text.begin(.upstreamConnectionsOpened)
        for upstream in counts.upstreams { text.add("\(upstream.origin)", value: upstream.connected) }
        text.begin(.upstreamConnectFailures)
        for upstream in counts.upstreams { text.add("\(upstream.origin)", value: upstream.connectFailures) }
        text.begin(.upstreamRetries)
        for upstream in counts.upstreams { text.add("\(upstream.origin)", value: upstream.retries) }
        text.begin(.upstreamSetAside)
        for upstream in counts.upstreams { text.add("\(upstream.origin)", value: upstream.setAside) }
        text.begin(.upstreamLoopsAside)
        for upstream in counts.upstreams { text.add("\(upstream.origin)", value: upstream.loopsAside) }
    }

    // MARK: - Sessions and the database

    private func writeSessions(to text: inout MetricsText) {
        text.begin(.sessionsInMemory)
        text.add(value: self.sessions.count)
        text.begin(.sessionLoads)
        let loads = self.sessions.loadCounts()
        for outcome in SessionLoadOutcome.allCases { text.add(outcome.rawValue, value: loads[outcome] ?? 0) }
        text.begin(.sessionChangesHeard)
        text.add(value: self.listening.deafFor == nil ? 1 : 0)
    }

    private func writeDatabase(to text: inout MetricsText) {
        text.begin(.databaseUp)
        switch self.monitor.presence {
        case .unknown: break
        case .answers: text.add(value: 1)
        case .away: text.add(value: 0)
        }
        let pools = [("control_plane", self.pools.controlPlane.counts), ("sessions", self.pools.sessions.counts)]
        text.begin(.databaseConnections)
        for (name, counts) in pools {
            text.add(name, "busy", value: counts.leased)
            text.add(name, "idle", value: counts.idle)
            text.add(name, "opening", value: counts.opening)
        }
        text.begin(.databaseConnectionsLimit)
        for (name, counts) in pools { text.add(name, value: counts.capacity) }
        text.begin(.databaseWaiters)
        for (name, counts) in pools { text.add(name, value: counts.waiting) }
    }

    // MARK: - Portico's own endpoints

    private func writeEndpoints(to text: inout MetricsText) {
        text.begin(.signIns)
        let signIns = self.signIns.signIns
        text.add("accepted", value: signIns[.done] ?? 0)
        for code in RefusalCode.allCases { text.add(code.rawValue, value: signIns[.refused(code)] ?? 0) }
        text.begin(.signOuts)
        let signOuts = self.signIns.signOuts
        for initiator in SSOCounter.SignOutInitiator.allCases {
            text.add(initiator.rawValue, value: signOuts[initiator] ?? 0)
        }
        text.begin(.controlPlaneRequests)
        let endpoints = self.endpoints.counts.sorted {
            ($0.key.endpoint, $0.key.status) < ($1.key.endpoint, $1.key.status)
        }
        for (key, count) in endpoints { text.add(key.endpoint, "\(key.status)", value: count) }
        text.begin(.accessLogDropped)
        text.add(value: self.accessLog.droppedCount)
    }

    // MARK: - Audit logs

    /// Writes what is known of the audit logs; without a reading nothing is.
    static func write(_ reading: AuditChainCounts.Reading?, now: Date, to text: inout MetricsText) {
        text.begin(.auditEventsUnsealed)
        if let reading { text.add(value: reading.waiting) }
        text.begin(.auditUnsealedAge)
        if let reading {
            let since = max(0, now.timeIntervalSince(reading.readAt))
            text.add(value: reading.waiting > 0 ? reading.longest / .seconds(1) + since : 0)
        }
        text.begin(.auditChains)
        if let reading {
            text.add("intact", value: reading.intact)
            text.add("broken", value: reading.broken)
            text.add("unchecked", value: reading.unchecked)
        }
        text.begin(.auditReadTimestamp)
        if let reading { text.add(value: reading.readAt.timeIntervalSince1970) }
    }

    // MARK: - Certificates

    private func writeCertificates(now: Date, to text: inout MetricsText) {
        Self.write(self.certificates.latest, now: now, to: &text)
        text.begin(.spCertificateDaysLeft)
        let schedule = self.keys.current?.schedule
        let inUse = [schedule?.signing(at: now), schedule?.published(.encryption, at: now).first].compactMap { $0 }
        for key in inUse { text.add(key.use.rawValue, value: key.certificateEnd.timeIntervalSince(now) / 86_400) }
        text.begin(.tlsCertificateDaysLeft)
        if let end = self.tls?.current.certificateEnd { text.add(value: end.timeIntervalSince(now) / 86_400) }
    }

    /// Writes what is known of the certificates of identity providers; without a reading nothing is.
    static func write(_ reading: CertificateEnds.Reading?, now: Date, to text: inout MetricsText) {
        text.begin(.idpCertificates)
        if let reading { text.add(value: reading.ends.count) }
        text.begin(.idpCertificatesExpiring)
        if let reading {
            for days in CertificateEnds.Reading.days {
                text.add("\(days)", value: reading.expiring(within: days, of: now))
            }
        }
        text.begin(.idpCertificatesExpired)
        if let reading { text.add(value: reading.expired(at: now)) }
        text.begin(.idpCertificateDaysLeftMin)
        if let left = reading?.daysLeft(at: now) { text.add(value: left) }
        text.begin(.idpCertificatesReadTimestamp)
        if let reading { text.add(value: reading.readAt.timeIntervalSince1970) }
    }

    // MARK: - The process

    private func writeProcess(to text: inout MetricsText) {
        text.begin(.buildInfo)
        text.add(ProgramVersion.text, value: 1)
        text.begin(.processStartTime)
        text.add(value: self.startedAt.timeIntervalSince1970)
        let usage = ProcessUsage.current()
        text.begin(.processCPU)
        if let seconds = usage.cpuSeconds { text.add(value: seconds) }
        text.begin(.processResidentMemory)
        if let bytes = usage.residentBytes { text.add(value: bytes) }
        text.begin(.processOpenFileDescriptors)
        if let count = usage.openFileDescriptors { text.add(value: count) }
        text.begin(.processFileDescriptorLimit)
        if let limit = usage.fileDescriptorLimit { text.add(value: limit) }
    }
}
