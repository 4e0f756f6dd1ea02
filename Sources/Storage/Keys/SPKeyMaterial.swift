package import Workspaces

/// One of Portico's own SAML keys with its private half; it has no description.
package struct SPKeyMaterial: Sendable {
    /// The key without its private half.
    package let key: SPKey
    /// The private key in PEM.
    package let privateKey: [UInt8]

    /// Puts both halves together.
    package init(key: SPKey, privateKey: [UInt8]) {
        self.key = key
        self.privateKey = privateKey
    }

    /// What the encrypted private key belongs to: the row and its certificate, so that neither can be exchanged.
    static func owner(of key: SPKey) -> [UInt8] {
        Array("sp_keys\n\(key.id)\n\(key.use.rawValue)\n\(key.sha256Fingerprint)".utf8)
    }
}

extension SPKeyMaterial: CustomReflectable {
    /// Shows nothing of the private key.
    package var customMirror: Mirror { Mirror(self, children: ["key": self.key]) }
}
