import Foundation
import LocalServers

/// Where the parts of the demonstration live, settled before any of them starts.
struct DemoPlan: Sendable {
    /// The folder that keeps everything between runs.
    let folder: URL

    /// Where the gateway listens.
    let listen: ListenAddress

    /// Where the browser finds the gateway.
    let publicURL: String

    /// Where the identity provider listens.
    let identityProvider: ListenAddress

    /// The port of the sample application on 127.0.0.1.
    let applicationPort: Int

    /// The database to use instead of a private cluster.
    let databaseURL: String?

    /// The settings of the gateway as the caller's environment gives them.
    private let environment: [String: String]

    /// The name of the variable that has the identity provider's address.
    static let identityProviderVariable = "PORTICO_DEMO_IDP_LISTEN"

    private static let defaultListen = "127.0.0.1:8080"
    private static let defaultIdentityProvider = "127.0.0.1:8090"

    /// Settles the addresses; a flag wins over the environment, and nothing is bound yet.
    ///
    /// - Throws: ``CommandRefusal`` when an address is none, or is taken.
    init(
        listen: String?,
        identityProviderListen: String?,
        folder: URL,
        environment: [String: String]
    ) throws {
        let listenVariable = SettingKey.listen.environmentName
        self.folder = folder
        self.environment = environment
        self.databaseURL = environment[SettingKey.databaseURL.environmentName]
        self.listen = try Self.address(
            listen ?? environment[listenVariable] ?? Self.defaultListen,
            named: listenVariable
        )
        guard TCPPort.isFree(self.listen.port, on: self.listen.host) else {
            let other = ListenAddress(host: self.listen.host, port: try TCPPort.free())
            throw CommandRefusal(
                "port \(self.listen.port) on \(self.listen.host) is taken: stop what listens there, or choose another "
                    + "port with \(listenVariable)=\(other)"
            )
        }
        self.publicURL =
            environment[SettingKey.publicURL.environmentName] ?? "http://localhost:\(self.listen.port)"
        self.identityProvider = try Self.identityProvider(
            chosen: identityProviderListen ?? environment[Self.identityProviderVariable],
            beside: self.listen
        )
        self.applicationPort = try TCPPort.free()
    }

    /// The settings of the gateway: the caller's, and the demonstration's where the caller says nothing.
    ///
    /// - Parameters:
    ///   - databaseURL: The database.
    ///   - secretKey: What encrypts the stored keys where the caller gives nothing.
    /// - Returns: The checked settings.
    /// - Throws: ``SettingsMistakes``.
    func settings(databaseURL: String, secretKey: Secret) throws -> Settings {
        var environment = self.environment
        let own: [SettingKey: String] = [
            .publicURL: self.publicURL,
            .listen: self.listen.description,
            .databaseURL: databaseURL,
            .upstream: "http://127.0.0.1:\(self.applicationPort)",
        ]
        for (key, value) in own { environment[key.environmentName] = value }
        // Any free port, so that the usual one may be taken; and a terminal that shows the instructions, not a log.
        let defaults: [SettingKey: String] = [.opsListen: "127.0.0.1:0", .logLevel: "warning"]
        for (key, value) in defaults where environment[key.environmentName] == nil {
            environment[key.environmentName] = value
        }
        let names = [SettingKey.secretKey.environmentName, SettingKey.secretKey.environmentName + "_FILE"]
        if names.allSatisfy({ environment[$0] == nil }) { environment[names[0]] = secretKey.reveal() }
        return try SettingsInput(environment: environment).settings()
    }

    /// The address that was chosen, which must be free, or the default one or, if that is taken, any.
    private static func identityProvider(chosen: String?, beside listen: ListenAddress) throws -> ListenAddress {
        let address = try Self.address(chosen ?? Self.defaultIdentityProvider, named: Self.identityProviderVariable)
        // Nothing is bound yet, so the gateway's own port still looks free.
        if address.port != listen.port, TCPPort.isFree(address.port, on: address.host) { return address }
        let other = ListenAddress(host: address.host, port: try TCPPort.free())
        guard chosen == nil else {
            throw CommandRefusal(
                "port \(address.port) on \(address.host) is taken: choose another for the identity provider with "
                    + "\(Self.identityProviderVariable)=\(other)"
            )
        }
        return other
    }

    /// Reads an address; port 0 becomes a free one now, because URLs have to name it.
    private static func address(_ text: String, named name: String) throws -> ListenAddress {
        let address: ListenAddress
        do throws(SettingProblem) {
            address = try ListenAddress.parse(text)
        } catch {
            throw CommandRefusal("\(name) \(error.problem): \(error.remedy)")
        }
        guard address.port == 0 else { return address }
        return ListenAddress(host: address.host, port: try TCPPort.free(on: address.host))
    }
}
