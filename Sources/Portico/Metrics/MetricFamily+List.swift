extension MetricFamily {
    // MARK: - Requests

    static let httpRequests = MetricFamily(
        "portico_http_requests_total",
        .counter,
        labels: ["route", "method", "status"],
        "Requests answered to the end, by the name of the route (empty where no route took it), method and class of status"
    )
    static let httpRequestsUnfinished = MetricFamily(
        "portico_http_requests_unfinished_total",
        .counter,
        labels: ["route"],
        "Requests whose answer did not come to its end, because the client left, the upstream broke off or time was up"
    )
    static let httpTimeouts = MetricFamily(
        "portico_http_timeouts_total",
        .counter,
        labels: ["route", "limit"],
        "Times that a limit of time of a route passed: `connect`, `first_byte`, `idle`, `total` or `tunnel`"
    )
    static let httpRequestDuration = MetricFamily(
        "portico_http_request_duration_seconds",
        .histogram,
        labels: ["route"],
        "Time from the request's head to the last byte of its answer"
    )
    static let httpRequestsInFlight = MetricFamily(
        "portico_http_requests_in_flight",
        .gauge,
        "Requests of routes that are being worked on"
    )
    static let httpRefusals = MetricFamily(
        "portico_http_refusals_total",
        .counter,
        labels: ["code"],
        "Answers that the gateway gave itself instead of a route's upstream, by their code"
    )
    static let forwardAuthRequests = MetricFamily(
        "portico_forward_auth_requests_total",
        .counter,
        labels: ["status"],
        "Questions of proxies in front whether a request may pass, by class of status"
    )

    // MARK: - Connections

    static let clientConnections = MetricFamily(
        "portico_client_connections",
        .gauge,
        "Connections of clients that are open"
    )
    static let clientConnectionsAccepted = MetricFamily(
        "portico_client_connections_accepted_total",
        .counter,
        "Connections of clients that were accepted"
    )
    static let clientConnectionsRefused = MetricFamily(
        "portico_client_connections_refused_total",
        .counter,
        "Connections of clients that were refused because there were too many, in all or of one address"
    )
    static let tunnels = MetricFamily(
        "portico_tunnels",
        .gauge,
        "Connections of clients that go on in another protocol, such as WebSockets"
    )
    static let clientReceivedBytes = MetricFamily(
        "portico_client_received_bytes_total",
        .counter,
        "Bytes of HTTP that clients sent"
    )
    static let clientSentBytes = MetricFamily(
        "portico_client_sent_bytes_total",
        .counter,
        "Bytes of HTTP that were written to clients"
    )
    static let upstreamConnections = MetricFamily(
        "portico_upstream_connections",
        .gauge,
        labels: ["upstream", "state"],
        "Connections to an upstream: `idle`, or `busy` with a request or being opened"
    )
    static let upstreamConnectionsOpened = MetricFamily(
        "portico_upstream_connections_opened_total",
        .counter,
        labels: ["upstream"],
        "Connections to an upstream that were opened"
    )
    static let upstreamConnectFailures = MetricFamily(
        "portico_upstream_connect_failures_total",
        .counter,
        labels: ["upstream"],
        "Connections to an upstream that could not be opened"
    )

    static let upstreamRetries = MetricFamily(
        "portico_upstream_retries_total",
        .counter,
        labels: ["upstream"],
        "Requests that came to an upstream because another one of their route could not be connected to"
    )
    static let upstreamSetAside = MetricFamily(
        "portico_upstream_set_aside_total",
        .counter,
        labels: ["upstream"],
        "Times that an event loop set an upstream aside after failures in a row"
    )
    static let upstreamLoopsAside = MetricFamily(
        "portico_upstream_loops_aside",
        .gauge,
        labels: ["upstream"],
        "Event loops that have an upstream set aside"
    )

    // MARK: - Sessions and the database

    static let sessionsInMemory = MetricFamily(
        "portico_sessions_in_memory",
        .gauge,
        "Sessions that this node holds in memory"
    )
    static let sessionLoads = MetricFamily(
        "portico_session_loads_total",
        .counter,
        labels: ["outcome"],
        "Readings of a session from the database: `found`, `absent`, `failed`, or `refused` because too many were wanted at once"
    )
    static let sessionChangesHeard = MetricFamily(
        "portico_session_changes_heard",
        .gauge,
        "1 while changes of sessions by other nodes are heard, else 0"
    )
    static let databaseUp = MetricFamily(
        "portico_database_up",
        .gauge,
        "1 when the database answered the last look of some seconds ago, else 0"
    )
    static let databaseConnections = MetricFamily(
        "portico_database_connections",
        .gauge,
        labels: ["pool", "state"],
        "Connections to the database: `busy`, `idle` or `opening`"
    )
    static let databaseConnectionsLimit = MetricFamily(
        "portico_database_connections_limit",
        .gauge,
        labels: ["pool"],
        "The largest number of connections to the database"
    )
    static let databaseWaiters = MetricFamily(
        "portico_database_waiters",
        .gauge,
        labels: ["pool"],
        "Tasks that wait for a connection to the database"
    )

    // MARK: - Portico's own endpoints

    static let signIns = MetricFamily(
        "portico_sign_ins_total",
        .counter,
        labels: ["outcome"],
        "Responses of identity providers: `accepted`, or the code of the refusal"
    )
    static let signOuts = MetricFamily(
        "portico_sign_outs_total",
        .counter,
        labels: ["initiator"],
        "Sign-outs that ended a session, begun by the `person` or by the `identity_provider`"
    )
    static let controlPlaneRequests = MetricFamily(
        "portico_control_plane_requests_total",
        .counter,
        labels: ["endpoint", "status"],
        "Requests of Portico's own endpoints, by the pattern of the path (empty where there is none) and status"
    )

    static let accessLogDropped = MetricFamily(
        "portico_access_log_dropped_total",
        .counter,
        "Lines of the access log that were dropped because standard output took too few"
    )

    // MARK: - Certificates

    static let auditEventsUnsealed = MetricFamily(
        "portico_audit_events_unsealed",
        .gauge,
        "Events of audit logs that wait to be sealed, in the whole installation"
    )
    static let auditUnsealedAge = MetricFamily(
        "portico_audit_unsealed_age_seconds",
        .gauge,
        "How long the one of these waits that has waited longest; 0 without any"
    )
    static let auditChains = MetricFamily(
        "portico_audit_chains",
        .gauge,
        labels: ["state"],
        "Audit logs of workspaces by what the latest daily look at the whole of them came to: `intact`, `broken` or `unchecked`"
    )
    static let auditReadTimestamp = MetricFamily(
        "portico_audit_read_timestamp_seconds",
        .gauge,
        "When these were last read from the database, which happens every 15 seconds and for the chains every 5 minutes"
    )
    static let idpCertificates = MetricFamily(
        "portico_idp_certificates",
        .gauge,
        "Certificates of identity providers that workspaces with SAML switched on have pinned"
    )
    static let idpCertificatesExpiring = MetricFamily(
        "portico_idp_certificates_expiring",
        .gauge,
        labels: ["within_days"],
        "Of these, the ones that end within so many days and have not ended yet"
    )
    static let idpCertificatesExpired = MetricFamily(
        "portico_idp_certificates_expired",
        .gauge,
        "Of these, the ones that have ended"
    )
    static let idpCertificateDaysLeftMin = MetricFamily(
        "portico_idp_certificate_days_left_min",
        .gauge,
        "Days until the next of these ends"
    )
    static let idpCertificatesReadTimestamp = MetricFamily(
        "portico_idp_certificates_read_timestamp_seconds",
        .gauge,
        "When these were last read from the database, which happens every hour"
    )
    static let spCertificateDaysLeft = MetricFamily(
        "portico_sp_certificate_days_left",
        .gauge,
        labels: ["use"],
        "Days until the certificate of Portico's own SAML key in use ends, for `signing` and `encryption`"
    )
    static let tlsCertificateDaysLeft = MetricFamily(
        "portico_tls_certificate_days_left",
        .gauge,
        "Days until the certificate ends with which the gateway speaks TLS itself"
    )

    // MARK: - The process

    static let buildInfo = MetricFamily(
        "portico_build_info",
        .gauge,
        labels: ["version"],
        "Always 1; the label has the version"
    )
    static let processStartTime = MetricFamily(
        "process_start_time_seconds",
        .gauge,
        "When the gateway was started, as Unix time"
    )
    static let processCPU = MetricFamily(
        "process_cpu_seconds_total",
        .counter,
        "Time of processors that the process has used, user and system together"
    )
    static let processResidentMemory = MetricFamily(
        "process_resident_memory_bytes",
        .gauge,
        "Memory that the process has resident"
    )
    static let processOpenFileDescriptors = MetricFamily(
        "process_open_fds",
        .gauge,
        "File descriptors that the process has open"
    )
    static let processFileDescriptorLimit = MetricFamily(
        "process_max_fds",
        .gauge,
        "The largest number of file descriptors that the process may have open"
    )

    /// Every metric, in the order in which `/metrics` prints them.
    static let all: [MetricFamily] = [
        .httpRequests, .httpRequestsUnfinished, .httpTimeouts, .httpRequestDuration, .httpRequestsInFlight,
        .httpRefusals, .forwardAuthRequests, .clientConnections, .clientConnectionsAccepted, .clientConnectionsRefused,
        .tunnels,
        .clientReceivedBytes, .clientSentBytes, .upstreamConnections, .upstreamConnectionsOpened,
        .upstreamConnectFailures, .upstreamRetries, .upstreamSetAside, .upstreamLoopsAside, .sessionsInMemory,
        .sessionLoads, .sessionChangesHeard, .databaseUp, .databaseConnections, .databaseConnectionsLimit,
        .databaseWaiters, .signIns, .signOuts, .controlPlaneRequests, .accessLogDropped, .auditEventsUnsealed,
        .auditUnsealedAge,
        .auditChains, .auditReadTimestamp, .idpCertificates,
        .idpCertificatesExpiring, .idpCertificatesExpired, .idpCertificateDaysLeftMin,
        .idpCertificatesReadTimestamp, .spCertificateDaysLeft, .tlsCertificateDaysLeft, .buildInfo,
        .processStartTime, .processCPU, .processResidentMemory, .processOpenFileDescriptors,
        .processFileDescriptorLimit,
    ]
}
