/// What the `Upgrade` lines of a request ask for (RFC 9110, 7.8).
///
///     Upgrade = protocol-name [ "/" protocol-version ]      two tokens: all that is carried
///
/// A protocol that is HTTP again, or wraps it, is never carried: behind the switch the client would write request heads
/// that nobody checks, identity headers among them. Nor is a choice of several, whose end is the upstream's to tell and
/// might be one of those. A server may pass over an offer (RFC 9110, 7.8), so such a request goes on as an ordinary one.
enum UpgradeOffer {
    /// Nothing: there is no such line.
    case none
    /// One protocol that is carried; its bytes are the line's value.
    case carried(UnsafeRawBufferPointer)
    /// Something well-formed that is not carried.
    case passedOver
    /// Something that is no list of protocols.
    case malformed

    /// Takes another line into account.
    mutating func note(_ value: UnsafeRawBufferPointer) {
        switch (self, Self.read(value)) {
        case (.none, let offer): self = offer
        case (.malformed, _), (_, .malformed): self = .malformed
        case (.carried, _), (.passedOver, _): self = .passedOver
        }
    }

    /// Whether there is no such line.
    @inline(__always)
    var isNone: Bool { if case .none = self { true } else { false } }

    /// Whether an upstream's `Upgrade` names the protocol that was asked for; names have no case (RFC 9110, 7.8).
    static func isAnswer(_ value: UnsafeRawBufferPointer, to asked: [UInt8]) -> Bool {
        value.count == asked.count
            && asked.indices.allSatisfy { ByteClass.lowercased(value[$0]) == ByteClass.lowercased(asked[$0]) }
    }

    private static func read(_ value: UnsafeRawBufferPointer) -> UpgradeOffer {
        var offer = UpgradeOffer.passedOver
        ListValue.forEachElement(of: value) { element in
            guard let name = Self.protocolName(element) else {
                offer = .malformed
                return
            }
            // An element that is the whole value stands alone.
            if element.count == value.count, !Self.isHTTP(name) { offer = .carried(element) }
        }
        return offer
    }

    /// The name of a protocol, without its version; `nil` for anything else.
    private static func protocolName(_ element: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let slash = element.firstIndex(of: UInt8(ascii: "/")) ?? element.count
        let name = element[..<slash]
        let version = element[min(slash + 1, element.count)...]
        guard !name.isEmpty, name.allSatisfy(ByteClass.isToken) else { return nil }
        guard slash == element.count || (!version.isEmpty && version.allSatisfy(ByteClass.isToken)) else { return nil }
        return UnsafeRawBufferPointer(rebasing: name)
    }

    /// Whether a protocol is HTTP or carries it: `h2c` (RFC 9113, 3.1), `HTTP` (RFC 9110, 7.8), `TLS` (RFC 2817, 3).
    private static func isHTTP(_ name: UnsafeRawBufferPointer) -> Bool {
        CaseInsensitive.equal(name, "h2c") || CaseInsensitive.equal(name, "h2") || CaseInsensitive.equal(name, "http")
            || CaseInsensitive.equal(name, "tls")
    }
}
