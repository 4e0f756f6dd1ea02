/// A page that leads on by itself to an address, and has a link for a browser that does not.
///
/// A redirect would be the continuation of whatever came before it: of a form, whose policy allows few targets, or of
/// another site's post, behind which a browser keeps Strict cookies back. A page of ours is a new beginning.
package struct ForwardingPage: Hashable, Sendable {
    private let title: String
    private let words: String
    private let link: String
    private let url: String

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - title: What happens.
    ///   - words: Why, in a sentence.
    ///   - link: What the link says.
    ///   - url: Where it leads: an http or https URL, or a path of ours.
    package init(title: String, words: String, link: String, url: String) {
        self.title = title
        self.words = words
        self.link = link
        self.url = url
    }
}

extension ForwardingPage {
    /// The names that the template uses.
    struct Content {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let title: String
        let words: String
        let link: String
        let url: String
    }

    func content(site: PublicSite, assets: StaticAssets) -> Content {
        Content(
            host: site.host,
            stylesheetPath: assets.stylesheetPath,
            iconPath: assets.iconPath,
            title: self.title,
            words: self.words,
            link: self.link,
            url: self.url
        )
    }
}
