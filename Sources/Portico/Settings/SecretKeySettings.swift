import Foundation
import Storage

/// The keys under which stored secrets are encrypted.
enum SecretKeySettings {
    /// Whether there must be one.
    enum Need: Hashable, Sendable {
        /// `serve` does not start without one.
        case required

        /// The command needs it only for part of what it can do.
        case optional
    }

    /// What to do when there is none.
    static let remedy =
        "make one with `openssl rand -base64 32`, keep a copy apart from the database's, and give it to every node"

    /// Reads the list; nil where there is none or something is wrong with it, which is reported.
    static func read(_ need: Need, reader: inout SettingsReader) -> SecretKeyring? {
        let before = reader.mistakes.count
        guard let found = reader.findSecret(.secretKey) else {
            if need == .required, reader.mistakes.count == before { reader.require(.secretKey, remedy: Self.remedy) }
            return nil
        }
        var keys: [[UInt8]] = []
        for text in found.texts {
            do throws(SettingProblem) {
                keys.append(try SettingSyntax.key256(text))
            } catch {
                reader.refuse(found, error)
            }
        }
        guard Set(keys).count == keys.count else {
            reader.refuse(found, SettingProblem("names one key twice", "keep the first of the two"))
            return nil
        }
        return reader.mistakes.count == before ? SecretKeyring(keys) : nil
    }
}
