/// Which domains a workspace may claim (behavior D2): none under which strangers have addresses.
///
/// Whoever claims `gmail.com` could register its every user, and `co.uk` belongs to nobody. The list of suffixes is not
/// the whole Public Suffix List: a name of one label is refused by ``EmailDomain``, the rest by the patterns that country
/// registries use and by the suffixes of hosting companies that are met in practice. A DNS proof covers what is left.
package enum DomainClaimRule {
    /// Why a domain cannot be claimed.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The text is no domain.
        case malformed(String)
        /// Anybody can register a name under this one.
        case publicSuffix(EmailDomain)
        /// Anybody can have an address in this one.
        case mailProvider(EmailDomain)
        /// The workspace has it already.
        case alreadyClaimed(EmailDomain)
        /// The workspace has as many domains as it may have, those on the way counted.
        case tooMany

        /// What is wrong and what to give instead.
        package var description: String {
            switch self {
            case .malformed(let text):
                "“\(text)” is not a domain; give the part of your e-mail addresses after the @, such as company.example."
            case .publicSuffix(let domain):
                "\(domain) is a public suffix, under which anybody can register; give your own domain under it."
            case .mailProvider(let domain):
                "\(domain) is a public mail provider, where anybody can have an address; give your organization's domain."
            case .alreadyClaimed(let domain):
                "\(domain) is claimed by this workspace already."
            case .tooMany:
                "A workspace has at most \(DomainClaimRule.maximumDomains) domains; remove one that is not needed first."
            }
        }
    }

    /// The most domains of a workspace, those on the way counted: each is looked for every day, and somebody else's name
    /// servers may take five seconds for each.
    package static let maximumDomains = 50

    /// Checks a domain that somebody wants to claim.
    ///
    /// - Parameters:
    ///   - text: The domain as it was typed.
    ///   - claimed: The domains that the workspace has. What other workspaces have is no reason (behavior Q9).
    ///   - claims: The domains that it claims by a record, whether that was seen or not.
    /// - Returns: The normalized domain.
    /// - Throws: The first reason against it.
    package static func check(
        _ text: String,
        claimed: [EmailDomain],
        claims: [EmailDomain] = []
    ) throws(Refusal) -> EmailDomain {
        guard let domain = EmailDomain(XMLWhitespace.trimming(text)) else { throw .malformed(text) }
        guard !Self.isPublicSuffix(domain) else { throw .publicSuffix(domain) }
        guard !Self.mailProviders.contains(domain.value) else { throw .mailProvider(domain) }
        guard !claimed.contains(domain) else { throw .alreadyClaimed(domain) }
        let others = Set(claimed + claims).subtracting([domain])
        guard others.count < Self.maximumDomains else { throw .tooMany }
        return domain
    }

    private static func isPublicSuffix(_ domain: EmailDomain) -> Bool {
        if Self.hostingSuffixes.contains(domain.value) { return true }
        let labels = domain.labels
        guard labels.count == 2, let second = labels.first, let top = labels.last else { return false }
        // co.uk, com.au, or.jp, go.id, …: two labels of which the last is a country.
        return top.utf8.count == 2 && Self.registryLabels.contains(String(second))
    }

    private static let registryLabels: Set<String> = [
        "ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gv", "ltd", "me", "mil", "ne", "net", "nhs", "nom", "or",
        "org", "plc", "police", "sch", "school", "web",
    ]

    private static let hostingSuffixes: Set<String> = [
        "amazonaws.com", "appspot.com", "azurewebsites.net", "blogspot.com", "cloudapp.net", "cloudfront.net",
        "duckdns.org", "dyndns.org", "eu.org", "firebaseapp.com", "fly.dev", "github.io", "gitlab.io", "glitch.me",
        "herokuapp.com", "lhr.life", "myshopify.com", "netlify.app", "ngrok.io", "ngrok-free.app", "no-ip.org",
        "onrender.com", "pages.dev", "railway.app", "repl.co", "run.app", "surge.sh", "trycloudflare.com", "uk.com",
        "us.com", "vercel.app", "web.app", "workers.dev", "zapto.org",
    ]

    private static let mailProviders: Set<String> = [
        "126.com", "163.com", "aim.com", "aol.com", "bigpond.com", "bluewin.ch", "btinternet.com", "comcast.net",
        "cox.net", "daum.net", "duck.com", "fastmail.com", "fastmail.fm", "foxmail.com", "free.fr", "freenet.de",
        "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "guerrillamail.com",
        "hanmail.net", "hey.com", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr", "hotmail.it",
        "hushmail.com",
        "icloud.com", "inbox.com", "inbox.lv", "kakao.com", "laposte.net", "libero.it", "list.ru", "live.co.uk",
        "live.com", "live.de", "live.fr", "live.nl", "mac.com", "mail.com", "mail.ru", "mailbox.org", "mailinator.com",
        "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com", "outlook.de", "outlook.fr", "outlook.jp", "pm.me",
        "posteo.de", "posteo.net", "proton.me", "protonmail.ch", "protonmail.com", "qq.com", "rambler.ru",
        "rediffmail.com", "rocketmail.com", "sbcglobal.net", "seznam.cz", "sfr.fr", "sina.com", "sky.com",
        "t-online.de",
        "tiscali.it", "tuta.com", "tuta.io", "tutanota.com", "tutanota.de", "verizon.net", "virgilio.it", "wanadoo.fr",
        "web.de", "wp.pl", "ya.ru", "yahoo.ca", "yahoo.co.id", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com",
        "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.com", "yandex.ru", "yeah.net", "ymail.com",
        "yopmail.com",
        "zoho.com",
    ]
}
