import Crypto
import FoundationEssentials

/// The page that takes a browser elsewhere by a form that submits itself (saml-bindings 3.5.4).
///
/// Without script the person presses the button. The page allows this one script and this one place to post to.
package struct PostingPage: Hashable, Sendable {
    /// A hidden field.
    package struct Field: Hashable, Sendable {
        let name: String
        let value: String

        /// Makes a field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What the person was doing.
    package enum Purpose: Hashable, Sendable {
        /// Signing in to the workspace.
        case signIn
        /// Signing out of it.
        case signOut

        fileprivate func title(_ workspaceName: String) -> String {
            switch self {
            case .signIn: "Signing in to \(workspaceName)"
            case .signOut: "Signing out of \(workspaceName)"
            }
        }
    }

    /// Submits the form; the Content-Security-Policy names it by its digest.
    static let script = "document.forms[0].submit()"

    private let action: String
    private let fields: [Field]
    private let title: String

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - action: The URL to post to.
    ///   - fields: The fields, not escaped.
    ///   - purpose: What the person was doing.
    ///   - workspaceName: The workspace that it is about.
    package init(action: String, fields: [Field], purpose: Purpose = .signIn, workspaceName: String) {
        self.action = action
        self.fields = fields
        self.title = purpose.title(workspaceName)
    }

    /// The form's target for `form-action`: scheme, host and port, no more.
    ///
    /// The policy language has no spelling for IPv6 addresses; for these the scheme has to do.
    var target: String {
        guard let components = URLComponents(string: self.action), let scheme = components.scheme?.lowercased(),
            ["http", "https"].contains(scheme)
        else { return "'none'" }
        guard let host = components.host, host.utf8.allSatisfy(Self.isHostCharacter) else { return scheme + ":" }
        return "\(scheme)://\(host)" + (components.port.map { ":\($0)" } ?? "")
    }

    /// The script's digest for `script-src`.
    static var scriptSource: String {
        let digest = Data(SHA256.hash(data: Array(Self.script.utf8)))
        return "'sha256-\(digest.base64EncodedString())'"
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        case _: false
        }
    }
}

extension PostingPage {
    /// The names that the template uses.
    struct Content {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let action: String
        let fields: [Field]
        let title: String
    }

    func content(site: PublicSite, assets: StaticAssets) -> Content {
        Content(
            host: site.host,
            stylesheetPath: assets.stylesheetPath,
            iconPath: assets.iconPath,
            action: self.action,
            fields: self.fields,
            title: self.title
        )
    }
}
