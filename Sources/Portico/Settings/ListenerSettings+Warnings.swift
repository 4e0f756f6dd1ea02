extension ListenerSettings {
    /// What is not wrong, but probably not meant: told at start and by `config check`.
    var warnings: [String] {
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
