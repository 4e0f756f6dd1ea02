import FoundationEssentials
import Logging
import ServiceLifecycle

/// Takes the gateway's own certificate anew when its files change, so that a renewal needs no restart.
struct CertificateReloadService: Service {
    private static let interval = Duration.seconds(5)

    private let certificate: ServerCertificate?
    private let logger: Logger

    /// Follows the files of a certificate; without one there is nothing to do.
    init(certificate: ServerCertificate?, logger: Logger) {
        self.certificate = certificate
        self.logger = logger
    }

    func run() async throws {
        // A service that returns would end the others.
        guard let certificate = self.certificate else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Files are looked at, not watched: what renews certificates replaces links and folders, too.
                try? await Task.sleep(for: Self.interval)
                guard !Task.isCancelled else { return }
                self.look(certificate)
            }
        }
    }

    private func look(_ certificate: ServerCertificate) {
        do throws(SettingProblem) {
            guard try certificate.reload() else { return }
            self.logger.info(
                "certificate of the listener was loaded anew",
                metadata: ["certificate.not_after": "\(certificate.current.certificateEnd.formatted(.iso8601))"]
            )
        } catch {
            self.logger.warning(
                "certificate of the listener has changed and cannot be used; the one before goes on",
                metadata: [
                    "setting": "TLS_CERTIFICATE", "problem": "\(error.problem)", "remedy": "\(error.remedy)",
                    "certificate.not_after": "\(certificate.current.certificateEnd.formatted(.iso8601))",
                ]
            )
        }
    }
}

extension CertificateReloadService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "certificate reload" }
}
