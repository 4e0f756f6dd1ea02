import Workspaces

/// What an upgrade is asked for beyond what every request is.
extension FrontHandler {
    /// Whether the page that asks for another protocol, if it is one, may do so: browsers let every site open a WebSocket
    /// to every other, with the cookies of the latter, and read what comes.
    ///
    /// A program that is no browser sends no `Origin`. Without a session on the route there is nothing to protect.
    func isOriginAllowed(_ request: RequestHead, _ head: UnsafeRawBufferPointer, _ rule: ProxySettings.Rule) -> Bool {
        guard rule.route.authentication != .none else { return true }
        let lines = self.loop.fields.filter { line in
            line.kind == .other && FieldKind.equal(line.name(in: head), "origin")
        }
        guard let line = lines.first else { return true }
        guard lines.count == 1 else { return false }
        let origin = line.value(in: head)
        func isOrigin(_ known: [UInt8]) -> Bool {
            known.count == origin.count && known.indices.allSatisfy { ByteClass.lowercased(origin[$0]) == known[$0] }
        }
        if let own = self.settings.origin, isOrigin(own) { return true }
        let host = self.host(of: request, head)
        let ofThisHost = self.settings.schemePrefix + host.map(ByteClass.lowercased)
        return (!host.isEmpty && isOrigin(ofThisHost)) || rule.upgradeOrigins.contains(where: isOrigin)
    }

    /// Takes a place for the tunnel that a request asks for; false when its session has too many.
    func takeTunnelPlace(_ session: Session) -> Bool {
        guard self.exchange.upgrade != nil else { return true }
        self.tunnelPlace = self.settings.tunnels.take(session.id)
        return self.tunnelPlace != nil
    }
}
