import GatewayHTTP

/// A link to a guide.
struct GuideLink {
    let title: String
    let path: String
    let isCurrent: Bool

    /// The links to all guides, in their order.
    static func all(site: PublicSite, current: GuideProvider? = nil) -> [GuideLink] {
        GuideProvider.allCases.map { provider in
            GuideLink(
                title: provider.title,
                path: GuidesEndpoint.path(site) + provider.rawValue,
                isCurrent: provider == current
            )
        }
    }
}
