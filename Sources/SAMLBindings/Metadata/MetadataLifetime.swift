import FoundationEssentials
import SAML
import XMLSecurity

/// How long metadata may be used, and kept: the least that any element around the role says (saml-metadata 2.3.1).
struct MetadataLifetime {
    /// The first instant at which it must not be used any more.
    let validUntil: Date?
    /// How long a copy may be kept.
    let cacheDuration: Duration?

    /// Reads the attributes of the elements from the document element to the role.
    init(of path: [XMLElement]) throws(MetadataRejection) {
        var instants: [Date] = []
        var durations: [Duration] = []
        for element in path {
            if let text = element.attribute("validUntil") {
                guard let instant = SAMLInstant.parse(text) else { throw .malformed("validUntil") }
                instants.append(instant)
            }
            if let text = element.attribute("cacheDuration") {
                guard let duration = SAMLDuration.parse(text) else { throw .malformed("cacheDuration") }
                durations.append(duration)
            }
        }
        self.validUntil = instants.min()
        self.cacheDuration = durations.min()
    }
}
