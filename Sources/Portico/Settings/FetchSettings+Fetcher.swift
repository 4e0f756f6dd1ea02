import Fetching
import Foundation
import NIOSSL
import ReverseProxy

extension FetchSettings {
    /// Fetches from public addresses, and from those that the operator allows.
    ///
    /// The authorities are the machine's, or those in the file that `SSL_CERT_FILE` names, which OpenSSL and others read
    /// as well: an intranet often has an authority of its own.
    var fetcher: Fetcher {
        let allowed = self.allowed
        let policy = FetchPolicy(
            isAllowedHost: { host in allowed.contains(.host(host)) },
            isAllowedAddress: { text in
                guard let address = NetworkAddress(text) else { return false }
                return allowed.contains { target in
                    guard case .block(let block) = target else { return false }
                    return block.contains(address)
                }
            }
        )
        let file = ProcessInfo.processInfo.environment["SSL_CERT_FILE"] ?? ""
        return Fetcher(policy: policy, trustRoots: file.isEmpty ? .default : .file(file))
    }
}
