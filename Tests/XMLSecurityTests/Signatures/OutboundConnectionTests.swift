import Foundation
import Glibc
import Testing

@testable import XMLSecurity

/// Nothing that a message names is fetched, neither before nor after a signature is checked.
@Suite("Outbound connections")
struct OutboundConnectionTests {
    /// A socket that listens on the loopback interface, and tells whether anybody connected.
    private final class Listener {
        private let descriptor: Int32
        let port: UInt16

        init() throws {
            self.descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = self.descriptor
            let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    unsafe bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0
                        && getsockname(descriptor, pointer, &length) == 0
                }
            }
            self.port = UInt16(bigEndian: address.sin_port)
            try #require(isListening)
        }

        deinit {
            close(self.descriptor)
        }

        /// A connection of the same process is in the queue as soon as `connect` has returned.
        var wasContacted: Bool {
            accept(self.descriptor, nil, nil) >= 0
        }
    }

    private static let messages: [@Sendable (String, String) -> String] = [
        { text, url in text.replacingOccurrences(of: "URI=\"#_a1\"", with: "URI=\"\(url)\"") },
        { text, url in
            text.replacingOccurrences(
                of: "</ds:Signature>",
                with: "<ds:KeyInfo><ds:RetrievalMethod URI=\"\(url)\"/></ds:KeyInfo></ds:Signature>"
            )
        },
        { text, url in text.replacingOccurrences(of: "<samlp:", with: "<!DOCTYPE a SYSTEM \"\(url)\"><samlp:") },
        { text, url in
            text.replacingOccurrences(
                of: "<saml:Subject>",
                with: "<saml:Subject><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"\(url)\"/>"
            )
        },
        { text, url in
            text.replacingOccurrences(
                of: "<saml:Subject>",
                with: "<saml:Subject xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                    + "xsi:schemaLocation=\"urn:x \(url)\" xml:base=\"\(url)\">"
            )
        },
    ]

    @Test(arguments: messages.indices)
    func neverFollowsAnAddressInAMessage(index: Int) throws {
        let listener = try Listener()
        let url = "http://127.0.0.1:\(listener.port)/x"
        _ = try? Message.verify(Self.messages[index](try Message.signed(), url))
        #expect(!listener.wasContacted)
    }
}
