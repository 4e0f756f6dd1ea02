import SAML
import XMLSecurity

/// The one entity of a document that is meant, with the elements around it.
struct MetadataEntity {
    /// Its name.
    let id: EntityID
    /// Its EntityDescriptor.
    let element: XMLElement
    /// The elements from the document element to the EntityDescriptor.
    let path: [XMLElement]

    /// Finds an entity.
    ///
    /// A list needs a name even if only one entity is on it: what is on a list tomorrow is up to whoever keeps it.
    static func find(_ wanted: EntityID?, in root: XMLElement) throws(MetadataRejection) -> MetadataEntity {
        let all = try self.entities(in: root)
        guard let wanted else {
            guard root.isNamed(.metadata("EntityDescriptor")), let only = all.first else {
                throw .severalEntities(Self.identityProviders(all))
            }
            return only
        }
        let matching = all.filter { $0.id == wanted }
        guard let match = matching.first else { throw .entityNotFound(wanted, among: Self.identityProviders(all)) }
        guard matching.count == 1 else { throw .entityRepeated }
        return match
    }

    private static func entities(in root: XMLElement) throws(MetadataRejection) -> [MetadataEntity] {
        let name = root.name
        switch name.namespaceURI {
        case SAMLNamespace.metadata: break
        case SAMLNamespace.protocols, SAMLNamespace.assertion: throw .messageInstead
        case _: throw name.localName.lowercased() == "html" ? .webPageInstead : .notMetadata
        }
        guard ["EntityDescriptor", "EntitiesDescriptor"].contains(name.localName) else { throw .notMetadata }
        var found: [MetadataEntity] = []
        try self.collect(root, path: [], into: &found)
        return found
    }

    // The recursion is bounded by the pre-lexer's limit on depth.
    private static func collect(
        _ element: XMLElement,
        path: [XMLElement],
        into found: inout [MetadataEntity]
    ) throws(MetadataRejection) {
        let path = path + [element]
        if element.isNamed(.metadata("EntityDescriptor")) {
            guard let id = element.attribute("entityID").flatMap(EntityID.init) else { throw .malformed("entityID") }
            found.append(MetadataEntity(id: id, element: element, path: path))
        } else if element.isNamed(.metadata("EntitiesDescriptor")) {
            for child in element.childElements {
                try self.collect(child, path: path, into: &found)
            }
        }
    }

    private static func identityProviders(_ entities: [MetadataEntity]) -> [EntityID] {
        entities.filter { $0.element.firstChild(named: .metadata("IDPSSODescriptor")) != nil }.map(\.id)
    }
}
