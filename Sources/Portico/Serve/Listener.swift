import Hummingbird
import ServiceLifecycle

/// A Hummingbird application whose failure to listen is told as a line for the operator.
struct Listener: Service {
    private let service: any Service
    private let address: ListenAddress
    private let setting: SettingKey

    init(application: some ApplicationProtocol, address: ListenAddress, setting: SettingKey) {
        self.service = application
        self.address = address
        self.setting = setting
    }

    func run() async throws {
        do {
            try await self.service.run()
        } catch {
            throw ListenFailure.explain(error, address: self.address, setting: self.setting)
        }
    }
}
