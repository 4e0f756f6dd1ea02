import Crypto
import Synchronization

/// The certificate and key that new connections get, which may be exchanged while the gateway runs.
final class ServerCertificate: Sendable {
    private struct State {
        var settings: TLSSettings
        /// What the files held when they were looked at last.
        var digest: SHA256.Digest
    }

    private let state: Mutex<State>

    /// Begins with what was loaded at the start.
    init(_ settings: TLSSettings) {
        self.state = Mutex(State(settings: settings, digest: settings.digest))
    }

    /// What new connections get.
    var current: TLSSettings { self.state.withLock { $0.settings } }

    /// Looks at the files, and takes what they hold if they have changed since they were looked at last.
    ///
    /// The contents are compared: a file may be written anew, renamed over, or be a link that leads elsewhere now.
    /// - Returns: Whether there is another certificate or key.
    /// - Throws: What is wrong with the files, once for each change; what was loaded before goes on to count.
    func reload() throws(SettingProblem) -> Bool {
        let before = self.current
        let digest = TLSSettings.digest(certificate: before.certificateFile, key: before.keyFile)
        let isChanged = self.state.withLock { state in
            defer { state.digest = digest }
            return state.digest != digest
        }
        guard isChanged else { return false }
        let settings = try TLSSettings.load(certificate: before.certificateFile, key: before.keyFile)
        self.state.withLock { $0.settings = settings }
        return true
    }
}
