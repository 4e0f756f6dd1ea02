import SAML
import XMLSecurity

extension MetadataEndpoint {
    /// Reads the services of a name directly inside a role, without those of other bindings.
    ///
    /// - Throws: `endpointScheme` for a URL that is neither http nor https (saml-security D19): whether http will do is
    ///   for the rules of the configuration to say. `malformed` for one without Location.
    static func read(_ name: String, of role: XMLElement) throws(MetadataRejection) -> [MetadataEndpoint] {
        var endpoints: [MetadataEndpoint] = []
        for element in role.children(named: .metadata(name)) {
            guard let binding = element.attribute("Binding").flatMap(Binding.init) else { continue }
            guard let location = element.attribute("Location"), !location.isEmpty else {
                throw .malformed("\(name)/@Location")
            }
            let responseLocation = element.attribute("ResponseLocation")
            try self.checkScheme(of: location)
            if let responseLocation { try self.checkScheme(of: responseLocation) }
            endpoints.append(
                MetadataEndpoint(binding: binding, location: location, responseLocation: responseLocation)
            )
        }
        return endpoints
    }

    private static func checkScheme(of location: String) throws(MetadataRejection) {
        let scheme = location.prefix { $0 != ":" }.lowercased()
        guard scheme == "https" || scheme == "http" else { throw .endpointScheme }
    }
}
