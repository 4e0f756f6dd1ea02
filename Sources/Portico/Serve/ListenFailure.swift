import Foundation
import NIOCore

/// Turns a failure to listen into the line that the operator reads.
enum ListenFailure {
    /// What to tell of `error`; other errors are returned as they are.
    static func explain(_ error: any Error, address: ListenAddress, setting: SettingKey) -> any Error {
        let name = setting.environmentName
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE:
            return CommandRefusal(
                "port \(address.port) on \(address.host) is taken: stop what listens there, or choose another port with "
                    + "\(name)=\(ListenAddress(host: address.host, port: Self.neighbor(of: address.port)))"
            )
        case let error as IOError where error.errnoCode == EACCES:
            return CommandRefusal(
                "this user may not listen on port \(address.port): choose a port above 1023 with \(name)"
            )
        case is IOError, is SocketAddressError:
            return CommandRefusal("cannot listen on \(address): \(error); check \(name)")
        default:
            return error
        }
    }

    /// A port to suggest.
    private static func neighbor(of port: Int) -> Int {
        port < 65_535 ? port + 1 : port - 1
    }
}
