extension SettingKey {
    /// The row of the table of settings.
    ///
    /// `Docs/Configuration.md` is held against these rows by a test.
    var definition: SettingDefinition {
        switch self {
        case .config: .init("path", effect: "The YAML file to read; also `--config`. Not itself a key of the file.")
        case .publicURL:
            .init(
                "URL",
                effect: "The URL that browsers use, without a path. Plain `http` only for localhost, "
                    + "or with `ALLOW_INSECURE_HTTP`. Required."
            )
        case .listen:
            .init("host:port", default: "127.0.0.1:8080", effect: "Where the gateway listens. Port 0 takes a free one.")
        case .opsListen:
            .init(
                "host:port",
                default: "127.0.0.1:9090",
                effect: "Where `/ping`, `/ready` and `/metrics` are answered. Keep it away from the public."
            )
        case .tlsCertificate:
            .init("path", effect: "PEM file with the certificate chain; with `TLS_KEY` the gateway speaks TLS itself.")
        case .tlsKey: .init("path", effect: "PEM file with the private key of `TLS_CERTIFICATE`.")
        case .allowInsecureHTTP:
            .init(
                "true or false",
                default: "false",
                effect: "Accepts a plain `http` `PUBLIC_URL` on any host; cookies lose `Secure` and `__Host-`."
            )
        case .prefix:
            .init("path", default: "/.portico", effect: "The path under which everything is Portico's own.")
        case .trustedProxies:
            .init(
                "CIDRs",
                default: "none",
                shape: .list,
                effect: "Clients whose `X-Forwarded-*` and `X-Request-Id` are believed; a port behind an address of "
                    + "`X-Forwarded-For` is passed over. "
                    + "`Forwarded` is always written anew, from what these say."
            )
        case .workers: .init("1 to 256", default: "cores", effect: "Event loops, each on a thread of its own.")
        case .maxConnections:
            .init(
                "1 to 1000000",
                default: "16384",
                effect: "Connections of clients at once; more are refused with 503."
            )
        case .maxConnectionsPerAddress:
            .init(
                "1 to 1000000",
                default: "1024",
                effect: "The same of one IPv4 address or IPv6 /64; `TRUSTED_PROXIES` are exempt."
            )
        case .maxTunnelsPerSession:
            .init(
                "1 to 1000000",
                default: "100",
                effect: "WebSockets and other upgraded connections of one session; more are refused with 429."
            )
        case .shutdownDelay:
            .init(
                "0s to 1h",
                default: "0s",
                effect: "How long a node that is told to stop goes on as before, but for `/ready`, which says 503."
            )
        case .shutdownDeadline:
            .init(
                "1s to 1h",
                default: "20s",
                effect: "How long requests and WebSockets that are under way may then go on."
            )
        case .databaseURL:
            .init(
                "libpq URI",
                sensitivity: .secret,
                effect: "The PostgreSQL database; several hosts are allowed. Required."
            )
        case .migrateDatabaseURL:
            .init(
                "libpq URI",
                default: "`DATABASE_URL`",
                sensitivity: .secret,
                effect: "The database as its owner, for `migrate` and for the commands of the operator."
            )
        case .secretKey:
            .init(
                "base64 of 32 bytes",
                shape: .list,
                sensitivity: .secret,
                effect: "Encrypts stored keys; of several the first encrypts, the others still decrypt. Required."
            )
        case .upstream: .init("URL", effect: "The one application behind the gateway: the route `default`.")
        case .routes: .init("see below", shape: .structure, effect: "Several applications, by host and path prefix.")
        case .identityHeaders:
            .init(
                "forwarded or remote",
                default: "forwarded",
                effect: "Tells upstreams the person in `X-Forwarded-*` or in `Remote-*` headers."
            )
        case .spIssuer:
            .init(
                "URI or name",
                default: "portico",
                effect: "The SP entity id of workspaces that do not set their own."
            )
        case .clockSkew:
            .init("0s to 3m", default: "60s", effect: "How far an identity provider's clock may be off.")
        case .roles:
            .init(
                "names, highest first",
                default: "ADMIN,SUPERVISOR,REVIEWER,LABELER",
                shape: .list,
                effect: "The roles that exist; the first is the administrator's. `[A-Z][A-Z0-9]*`."
            )
        case .sessionMaxAge: .init("duration", default: "24h", effect: "How long a session lasts at most.")
        case .sessionMaxIdle: .init("duration", default: "1h", effect: "How long a session lasts without a request.")
        case .sessionStaleLimit:
            .init(
                "duration",
                default: "10m",
                effect: "How long known sessions go on while PostgreSQL is away; then they are refused."
            )
        case .manualRoleManagement: .manualManagement("roles")
        case .manualWorkspaceManagement: .manualManagement("spaces")
        case .manualProjectMemberManagement: .manualManagement("project members")
        case .disableSignupWithoutLink:
            .init("true or false", default: "false", effect: "Sign-up only by invitation, whatever workspaces say.")
        case .auditRetention: .init("duration", default: "400d", effect: "How long audit events are kept.")
        case .dnsResolver:
            .init("system or addresses", default: "system", shape: .list, effect: "Who answers for claimed domains.")
        case .fetchAllow:
            .init(
                "CIDRs and hosts",
                default: "none",
                shape: .list,
                effect: "Private targets that fetches of metadata may reach nevertheless."
            )
        case .smtpURL:
            .init(
                "smtp:// or smtps:// URL",
                default: "none",
                sensitivity: .secret,
                effect: "The server that takes the mail of invitations and alerts."
            )
        case .mailFrom: .init("e-mail address", default: "none", effect: "The sender of mail; goes with `SMTP_URL`.")
        case .logLevel:
            .init("trace, debug, info, notice, warning, error or critical", default: "info", effect: "What is logged.")
        case .logFormat: .init("text or json", default: "text", effect: "How a line of the log looks.")
        case .accessLog:
            .init(
                "off, text or json",
                default: "off",
                effect: "A line on standard output for each request; see [The access log](#the-access-log)."
            )
        case .tracing:
            .init(
                "on or off",
                default: "off",
                effect: "Spans of requests, and W3C trace context; see [Tracing](#tracing)."
            )
        }
    }
}

extension SettingDefinition {
    /// The three switches that give the management of one kind of thing to the identity provider alone.
    fileprivate static func manualManagement(_ kind: String) -> SettingDefinition {
        SettingDefinition(
            "1 or 0",
            default: "1",
            effect: "Whether administrators manage \(kind) by hand; 0 leaves it to the identity provider."
        )
    }
}
