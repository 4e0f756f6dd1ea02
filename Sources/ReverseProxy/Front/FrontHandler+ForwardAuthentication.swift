import Workspaces

/// The endpoint at which a proxy in front asks whether a request may pass, and who makes it (interface.md section 3).
extension FrontHandler {
    /// Decides on a question: 200 with identity headers, 401, or 403.
    ///
    /// The rule is that of the request which is asked about, where a trusted proxy names it. Otherwise the session alone
    /// decides, and only where no route asks for more than a session.
    func decideForwardAuthentication(
        _ request: RequestHead,
        _ head: UnsafeRawBufferPointer,
        _ facts: RequestFacts
    ) -> Decision {
        let framing = request.framing
        self.exchange.subject = .question
        let rule: ProxySettings.Rule
        var isNamed = true
        var target: UnsafeRawBufferPointer?
        switch self.askedRule(request, head) {
        case .rule(let found, let asked): (rule, target) = (found, asked)
        case .anyRule(let first):
            rule = first
            // Whoever is not a proxy is the browser, whose scripts must not get hold of a token.
            isNamed = self.forwarding.isTrusted && self.loop.routing.rules.count == 1
        case .ownPage: return .admit([], framing)
        case .refused: return .refuse(.originalRequestRefused, framing)
        }
        switch self.session(facts, rule) {
        case .entry(let entry, let wall):
            self.exchange.access?.session = entry.session
            guard rule.roles?.contains(entry.session.role) ?? true else { return .refuse(.roleNotAllowed, framing) }
            // A token is for one route: where the route is not known, there is none.
            let lines =
                isNamed
                ? self.identityLines(of: entry, for: rule, at: wall)
                : self.settings.sessions.identityHeaders.lines(for: entry.session)
            guard let lines else { return .refuse(.unavailable, framing) }
            return .admit(IdentityHeaders.authenticationLines(for: entry.session) + lines, framing)
        case .load(let hash): return .load(hash)
        case .unavailable: return .refuse(.unavailable, framing)
        case .notNeeded: return .admit([], framing)
        case .required:
            // Where the request is not named, the way back is not known.
            return .signIn(returnPath: target.map(Array.init) ?? [], framing)
        }
    }

    private enum AskedRule {
        /// The rule of a route, and the path and query that are asked about.
        case rule(ProxySettings.Rule, UnsafeRawBufferPointer)
        /// Whichever it is, it asks for a session and nothing else; this is the first of them.
        case anyRule(ProxySettings.Rule)
        /// A page of Portico's, which decides itself.
        case ownPage
        /// None.
        case refused
    }

    private func askedRule(_ request: RequestHead, _ head: UnsafeRawBufferPointer) -> AskedRule {
        let reading =
            self.forwarding.isTrusted
            ? OriginalRequest.read(
                request,
                head,
                self.loop.fields,
                endpoint: self.settings.forwardAuthenticationPath.count,
                host: self.host(of: request, head)
            )
            : .untold
        switch reading {
        case .contradictory:
            return .refused
        case .untold:
            guard self.loop.routing.isSessionEnough, let rule = self.loop.routing.rules.first else { return .refused }
            return .anyRule(rule)
        case .told(let original):
            switch self.place(of: original.path, host: original.host) {
            case .controlPlane, .forwardAuthentication: return .ownPage
            case .nowhere, .ambiguous: return .refused
            case .rule(let index):
                let rule = self.loop.routing.rules[index]
                guard let methods = rule.methods else { return .rule(rule, original.target) }
                let isAllowed = original.method.map { method in methods.contains { $0.elementsEqual(method) } }
                return isAllowed ?? false ? .rule(rule, original.target) : .refused
            }
        }
    }
}
