import ReverseProxy

/// How Portico reaches out by itself: name servers, and what its fetches may reach.
struct FetchSettings: Hashable, Sendable {
    /// A private target that fetches may reach nevertheless.
    enum Target: Hashable, Sendable {
        /// Every address of a block.
        case block(CIDRBlock)

        /// A host of this name, in lower case.
        case host(String)
    }

    /// The name servers; empty for the system's.
    let resolvers: [String]

    /// The private targets that are allowed.
    let allowed: [Target]

    /// Reads both.
    init(reader: inout SettingsReader) {
        let resolvers = reader.list(.dnsResolver, default: ["system"]) { text throws(SettingProblem) in
            text == "system" ? text : try SettingSyntax.address(text)
        }
        if resolvers.contains("system"), resolvers.count > 1 {
            reader.refuse(
                .dnsResolver,
                SettingProblem("names both system and addresses", "write system or addresses alone")
            )
        }
        self.resolvers = resolvers.filter { $0 != "system" }
        self.allowed = reader.list(.fetchAllow, default: []) { text throws(SettingProblem) in
            if let block = CIDRBlock(text) { return Target.block(block) }
            guard let url = try? WebURL.parse("https://" + text), url.path.isEmpty, !text.contains(":") else {
                throw SettingProblem(
                    "has an entry that is neither a block of addresses nor a host",
                    "write 10.0.0.0/8 or idp.internal"
                )
            }
            return Target.host(url.host)
        }
    }
}
