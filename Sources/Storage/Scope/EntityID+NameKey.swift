import Crypto
import SAML

extension EntityID {
    /// The key of a name in `saml_names`: its SHA-256.
    var nameKey: [UInt8] {
        Array(SHA256.hash(data: Array(self.value.utf8)))
    }
}
