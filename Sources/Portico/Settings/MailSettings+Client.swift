import Foundation
import Mail

extension MailSettings {
    /// Speaks with the server.
    ///
    /// The authorities are the machine's, or those in the file that `SSL_CERT_FILE` names, as for metadata.
    var client: MailClient {
        let file = ProcessInfo.processInfo.environment["SSL_CERT_FILE"] ?? ""
        return MailClient(server: self.server, authorities: file.isEmpty ? nil : file)
    }
}
