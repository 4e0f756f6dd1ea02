import Crypto
import Foundation

/// What a configuration said, setting by setting, so that a later one can be compared with it without keeping secrets.
struct SettingsFingerprint: Sendable {
    private let digests: [SettingKey: SHA256Digest]

    /// Takes what the reader finds; a setting that is given nowhere has no digest.
    init(reader: inout SettingsReader) {
        var digests: [SettingKey: SHA256Digest] = [:]
        for key in SettingKey.allCases where key.definition.shape != .structure {
            let found = key.definition.sensitivity == .secret ? reader.findSecret(key) : reader.find(key)
            guard let found else { continue }
            digests[key] = SHA256.hash(data: Data(found.texts.joined(separator: "\n").utf8))
        }
        self.digests = digests
    }

    /// The settings that are not the same in both and hold from the next start only, in the order of the table.
    func changesForNextStart(from running: SettingsFingerprint) -> [SettingKey] {
        SettingKey.allCases.filter { !$0.isReadAgain && self.digests[$0] != running.digests[$0] }
    }
}

extension SettingKey {
    /// Whether a running gateway takes a new value; `routes` are taken whole.
    var isReadAgain: Bool {
        switch self {
        case .upstream, .routes, .logLevel: true
        case _: false
        }
    }
}
