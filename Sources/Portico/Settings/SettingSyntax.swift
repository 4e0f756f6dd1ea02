import Foundation
import NIOCore

/// The spelling of small values in settings: switches, words, counts, addresses.
enum SettingSyntax {
    /// `true` or `false`, also as `1`, `0`, `yes`, `no`, `on`, `off`.
    static func flag(_ text: String) throws(SettingProblem) -> Bool {
        switch text.lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw SettingProblem("is neither true nor false", "write true or false")
        }
    }

    /// One word of a closed set.
    static func word<Word: RawRepresentable<String> & CaseIterable>(_ text: String) throws(SettingProblem) -> Word {
        guard let word = Word(rawValue: text.lowercased()) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingProblem("is none of the words it may be", "write one of \(words)")
        }
        return word
    }

    /// A whole number within limits.
    static func count(_ text: String, in limits: ClosedRange<Int>) throws(SettingProblem) -> Int {
        guard let count = Int(text), limits.contains(count) else {
            throw SettingProblem(
                "is not a whole number from \(limits.lowerBound) to \(limits.upperBound)",
                "write such a number"
            )
        }
        return count
    }

    /// A duration within limits.
    static func duration(_ text: String, in limits: ClosedRange<Duration>) throws(SettingProblem) -> Duration {
        let duration = try DurationSyntax.parse(text)
        guard limits.contains(duration) else {
            let range = "\(DurationSyntax.spell(limits.lowerBound)) to \(DurationSyntax.spell(limits.upperBound))"
            throw SettingProblem("is outside \(range)", "write a duration within that range")
        }
        return duration
    }

    /// A path that can be read.
    static func readableFile(_ text: String) throws(SettingProblem) -> String {
        guard FileManager.default.isReadableFile(atPath: text) else {
            throw SettingProblem("names \(text), which cannot be read", "check the path and that this user may read it")
        }
        return text
    }

    /// The base64 of a 256-bit key.
    static func key256(_ text: String) throws(SettingProblem) -> [UInt8] {
        guard let key = Data(base64Encoded: text), key.count == 32 else {
            throw SettingProblem("is not the base64 of 32 bytes", "make one with `openssl rand -base64 32`")
        }
        return Array(key)
    }

    /// An IP address, with or without a port: `9.9.9.9`, `9.9.9.9:5353`, `[2620:fe::fe]:53`.
    static func address(_ text: String) throws(SettingProblem) -> String {
        let bound = try? ListenAddress.parse(text)
        let isAddress = { (host: String) in (try? SocketAddress(ipAddress: host, port: 0)) != nil }
        guard isAddress(text) || bound.map({ $0.port > 0 && isAddress($0.host) }) == true else {
            throw SettingProblem("is not an IP address", "write an address such as 9.9.9.9, with a port if need be")
        }
        return text
    }
}
