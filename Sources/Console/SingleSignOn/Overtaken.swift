import GatewayHTTP
import Storage
import Workspaces

/// Settings that were changed while somebody looked at them, so that what they asked for was not done.
struct Overtaken {
    let differences: [ShownDifference]
    let hasDifferences: Bool

    /// Compares the settings that somebody edited with those that are edited now.
    ///
    /// - Parameters:
    ///   - version: What the form named as its version.
    ///   - edited: What is edited now.
    ///   - versions: Those that are kept; one that is not among them any more is compared with nothing.
    init(version: String, edited: EditedSettings, versions: [SavedSingleSignOn]) {
        self.init(Self.differences(from: version, to: edited.visit.configured, versions))
    }

    /// Compares a change of what is in force with the one that there would be now.
    ///
    /// - Parameters:
    ///   - change: What the form named as its change: what was in force, and what would be.
    ///   - edited: What is edited now.
    ///   - versions: Those that are kept.
    init(change: String, edited: EditedSettings, versions: [SavedSingleSignOn]) {
        let names = change.split(separator: "-").map(String.init)
        let differences = Self.differences(from: names.last ?? "", to: edited.visit.configured, versions)
        guard differences.isEmpty else {
            self.init(differences)
            return
        }
        self.init(Self.differences(from: names.first ?? "", to: edited.inForce, versions))
    }

    private init(_ differences: [SettingDifference]) {
        self.differences = differences.map { ShownDifference($0) }
        self.hasDifferences = !differences.isEmpty
    }

    private static func differences(
        from version: String,
        to configured: ConfiguredWorkspace,
        _ versions: [SavedSingleSignOn]
    ) -> [SettingDifference] {
        let seen = versions.first {
            SingleSignOnVersion(of: $0.settings.applied(to: configured)).isNamed(by: version)
        }
        guard let seen, let current = SingleSignOnSettings(of: configured) else { return [] }
        return current.differences(from: seen.settings)
    }

    /// The notice, for a page whose value has it as `overtaken`.
    static let template = """
        {{#overtaken}}<div class="notice warn" role="alert">\(Icons.warning)<div><p><strong>Somebody else changed these \
        settings while you were looking.</strong> Nothing was done. This page shows what there is now: look at it again, then \
        decide.</p>{{#hasDifferences}}<div class="scroll" tabindex="0" role="region" aria-label="What has changed meanwhile">\
        <table class="differences"><thead><tr><th scope="col">Setting</th><th scope="col">You looked at</th>\
        <th scope="col">Now</th></tr></thead><tbody>{{#differences}}<tr><th scope="row">{{name}}</th><td>{{old}}</td>\
        <td>{{new}}</td></tr>{{/differences}}</tbody></table></div>{{/hasDifferences}}</div></div>{{/overtaken}}
        """
}
