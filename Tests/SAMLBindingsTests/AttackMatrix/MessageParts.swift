import Testing

/// Finds parts of a message that ``TestIdentityProvider`` wrote, to move them about.
enum MessageParts {
    /// The first element of this name, up to its first end tag.
    static func element(_ name: String, of message: String) throws -> String {
        let start = try #require(message.firstRange(of: "<\(name)>") ?? message.firstRange(of: "<\(name) "))
        let end = try #require(message[start.lowerBound...].firstRange(of: "</\(name)>"))
        return String(message[start.lowerBound..<end.upperBound])
    }

    /// The first signature.
    static func signature(of message: String) throws -> String {
        try self.element("ds:Signature", of: message)
    }

    /// The identifier that the first reference names.
    static func referredIdentifier(of message: String) throws -> String {
        let start = try #require(message.firstRange(of: " URI=\"#"))
        return String(message[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The message with another URI in its first reference, or with none.
    static func withURI(_ uri: String?, _ message: String) throws -> String {
        let identifier = try self.referredIdentifier(of: message)
        return try replacing(" URI=\"#\(identifier)\"", with: uri.map { " URI=\"\($0)\"" } ?? "", in: message)
    }

    /// The assertion of a message without its signature, with another identifier and another person.
    static func forgedAssertion(from message: String) throws -> String {
        let assertion = try self.element("saml:Assertion", of: message)
        let unsigned = try replacing(try self.signature(of: assertion), with: "", in: assertion)
        return try replacing("ann@", with: "eve@", in: try replacing(" ID=\"", with: " ID=\"_f", in: unsigned))
    }
}
