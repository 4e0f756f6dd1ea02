import NIOPosix

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Finds the addresses of a host; a fetch asks it once for each host that it connects to.
package struct HostResolver: Sendable {
    /// Answers every address of a host, in the order in which they are to be tried; none when it has none.
    let addresses: @Sendable (_ host: String) async -> [ResolvedAddress]

    /// Resolves with a function, for tests.
    package init(_ addresses: @escaping @Sendable (_ host: String) async -> [ResolvedAddress]) {
        self.addresses = addresses
    }

    /// Resolves as the machine does.
    package static let system = HostResolver { host in
        await withCheckedContinuation { continuation in
            // Resolving blocks; the singleton pool is made for that.
            NIOThreadPool.singleton.submit { _ in
                continuation.resume(returning: Self.look(up: host))
            }
        }
    }

    private static func look(up host: String) -> [ResolvedAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        unsafe hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [ResolvedAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            if let address = unsafe self.address(of: entry.pointee), !addresses.contains(address) {
                addresses.append(address)
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    private static func address(of entry: addrinfo) -> ResolvedAddress? {
        guard let socketAddress = unsafe UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch unsafe entry.ai_family {
        case AF_INET:
            var address = unsafe socketAddress.loadUnaligned(as: sockaddr_in.self).sin_addr
            return unsafe withUnsafeBytes(of: &address) { unsafe ResolvedAddress(Array($0)) }
        case AF_INET6:
            var address = unsafe socketAddress.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return unsafe withUnsafeBytes(of: &address) { unsafe ResolvedAddress(Array($0)) }
        default:
            return nil
        }
    }
}
