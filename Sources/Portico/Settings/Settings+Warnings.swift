import ReverseProxy

extension Settings {
    /// What is not wrong, but probably not meant: told at start and by `config check`.
    var warnings: [String] { self.listener.warnings + self.hostWarnings }

    /// Routes that nobody can be signed in to: the cookie of a session is of the host that the identity provider answers to.
    private var hostWarnings: [String] {
        let own = self.listener.publicURL.host
        return self.routing.table.routes.compactMap { route in
            guard let host = route.host, host.lowercased() != own.lowercased(), route.authentication != .none else {
                return nil
            }
            return "route \(route.name) is for \(host), where nobody has a session: people sign in at \(own), the host "
                + "of PUBLIC_URL; write auth: none, or tell applications apart by path_prefix"
        }
    }
}

extension ListenerSettings {
    fileprivate var warnings: [String] {
        var warnings: [String] = []
        let isPlain = self.publicURL.scheme == .http
        if isPlain, !self.publicURL.isLoopback {
            warnings.append(
                "plain http is allowed: whoever is on the way can read passwords and take over sessions"
            )
        }
        if isPlain, self.publicURL.isLoopback, self.listen.port != 0, self.listen.port != self.publicURL.port {
            warnings.append(
                "PUBLIC_URL has port \(self.publicURL.port), but LISTEN has \(self.listen.port): "
                    + "something has to forward the one to the other"
            )
        }
        if !isPlain, self.tls == nil, self.trustedProxies.isEmpty {
            warnings.append(
                "PUBLIC_URL is https without TLS_CERTIFICATE or TRUSTED_PROXIES: every client counts as the proxy in "
                    + "front, so name that proxy's address in TRUSTED_PROXIES"
            )
        }
        return warnings
    }
}
