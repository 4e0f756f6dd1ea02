/// Why a message of ours could not be made ready to be sent.
package enum MessageEncodingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The RelayState is longer than the 80 bytes of saml-bindings 3.4.3 and 3.5.3.
    case relayStateTooLong
    /// The message does not say where it is sent.
    case destinationMissing
    /// There was no memory to compress the message.
    case compressionFailed
    /// The key could not sign the message.
    case signingFailed

    /// A sentence that is safe to show and to log.
    package var description: String {
        switch self {
        case .relayStateTooLong: "The RelayState is longer than 80 bytes."
        case .destinationMissing: "The message does not say where it is sent."
        case .compressionFailed: "There was no memory to compress the message."
        case .signingFailed: "The service provider's key could not sign the message; the operator must replace the key."
        }
    }
}
