import Crypto
package import FoundationEssentials

/// What an authenticator app and Portico share: 160 bits, of which both make a code for each half minute (RFC 6238 with
/// SHA-1, six digits and 30 seconds, which every app knows).
package struct OneTimeCodeSecret: Sendable {
    /// The seconds of a step.
    private static let stepLength = 30.0
    /// How many steps a clock may be off, either way.
    private static let drift = 1
    private static let length = 20
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The 20 bytes, to encrypt and keep.
    package let bytes: [UInt8]

    /// Takes bytes that were kept.
    ///
    /// - Returns: `nil` unless there are 20.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    /// Makes a new one from the system's cryptographic generator.
    package static func random() -> OneTimeCodeSecret {
        var generator = SystemRandomNumberGenerator()
        return OneTimeCodeSecret(
            random: (0..<Self.length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        )
    }

    private init(random bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads what ``base32`` wrote; blanks and small letters are as people type them.
    ///
    /// - Returns: `nil` for anything but 32 characters of base32.
    package init?(base32 text: String) {
        let characters = text.uppercased().utf8.filter { $0 != UInt8(ascii: " ") }
        guard characters.count * 5 == Self.length * 8 else { return nil }
        var bytes: [UInt8] = []
        var pending: UInt32 = 0
        var pendingBits = 0
        for character in characters {
            guard let digit = Self.alphabet.firstIndex(of: character) else { return nil }
            pending = pending << 5 | UInt32(digit)
            pendingBits += 5
            if pendingBits >= 8 {
                pendingBits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(pendingBits)))
            }
        }
        self.bytes = bytes
    }

    /// The secret as apps want it typed: 32 characters of base32 (RFC 4648, section 6).
    package var base32: String {
        var text: [UInt8] = []
        var pending: UInt32 = 0
        var pendingBits = 0
        for byte in self.bytes {
            pending = pending << 8 | UInt32(byte)
            pendingBits += 8
            while pendingBits >= 5 {
                pendingBits -= 5
                text.append(Self.alphabet[Int(pending >> UInt32(pendingBits) & 31)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The address that an app on the same device opens.
    ///
    /// - Parameters:
    ///   - site: The installation, by its host.
    ///   - account: What the app calls the account.
    /// - Returns: An address with the scheme `otpauth`.
    package func uri(site: String, account: String) -> String {
        let label = Self.escaped(site) + ":" + Self.escaped(account)
        return "otpauth://totp/\(label)?secret=\(self.base32)&issuer=\(Self.escaped(site))"
            + "&algorithm=SHA1&digits=6&period=30"
    }

    /// The step that a time is in.
    package static func step(at time: Date) -> Int {
        Int((time.timeIntervalSince1970 / Self.stepLength).rounded(.down))
    }

    /// The code of a step: six digits (RFC 4226, section 5.3).
    package func code(step: Int) -> String {
        let counter = withUnsafeBytes(of: UInt64(max(0, step)).bigEndian) { Array($0) }
        let key = SymmetricKey(data: self.bytes)
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
        let offset = Int(mac[mac.count - 1] & 0xF)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The newest step around the present whose code was typed; every step is compared, in constant time.
    ///
    /// Whether the code was used before is for whoever keeps the newest step that was taken.
    ///
    /// - Returns: `nil` for a code of no step of now, the one before and the one after.
    package func step(of typed: String, now: Date) -> Int? {
        let code = Array(typed.utf8.filter { $0 != UInt8(ascii: " ") })
        let present = Self.step(at: now)
        var found: Int?
        for step in present - Self.drift...present + Self.drift {
            let wanted = Array(self.code(step: step).utf8)
            guard code.count == wanted.count else { return nil }
            if zip(code, wanted).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 { found = step }
        }
        return found
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8
            .map { byte in
                let character = Character(Unicode.Scalar(byte))
                let isPlain =
                    character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
                return isPlain ? String(character) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
            .joined()
    }
}

extension OneTimeCodeSecret: CustomStringConvertible, CustomReflectable {
    /// Says nothing of the secret.
    package var description: String { "OneTimeCodeSecret(hidden)" }

    /// Shows nothing of the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
