/// The name of a setting, as the YAML file spells it; the table of settings is `definition`.
enum SettingKey: String, CaseIterable, Sendable {
    case config
    case publicURL = "public_url"
    case listen
    case opsListen = "ops_listen"
    case tlsCertificate = "tls_certificate"
    case tlsKey = "tls_key"
    case allowInsecureHTTP = "allow_insecure_http"
    case prefix
    case trustedProxies = "trusted_proxies"
    case workers
    case maxConnections = "max_connections"
    case maxConnectionsPerAddress = "max_connections_per_address"
    case maxTunnelsPerSession = "max_tunnels_per_session"
    case shutdownDelay = "shutdown_delay"
    case shutdownDeadline = "shutdown_deadline"
    case databaseURL = "database_url"
    case migrateDatabaseURL = "migrate_database_url"
    case secretKey = "secret_key"
    case upstream
    case routes
    case identityHeaders = "identity_headers"
    case spIssuer = "sp_issuer"
    case clockSkew = "clock_skew"
    case roles
    case sessionMaxAge = "session_max_age"
    case sessionMaxIdle = "session_max_idle"
    case sessionStaleLimit = "session_stale_limit"
    case manualRoleManagement = "manual_role_management"
    case manualWorkspaceManagement = "manual_workspace_management"
    case manualProjectMemberManagement = "manual_project_member_management"
    case disableSignupWithoutLink = "disable_signup_without_link"
    case auditRetention = "audit_retention"
    case dnsResolver = "dns_resolver"
    case fetchAllow = "fetch_allow"
    case smtpURL = "smtp_url"
    case mailFrom = "mail_from"
    case logLevel = "log_level"
    case logFormat = "log_format"
    case accessLog = "access_log"
    case tracing

    /// The environment variable, such as `PORTICO_LISTEN`.
    var environmentName: String { SettingOrigin.environment.spelling(of: self.rawValue) }

    /// The name under which a secret's file is given, such as `database_url_file`.
    var fileName: String { self.rawValue + "_file" }
}
