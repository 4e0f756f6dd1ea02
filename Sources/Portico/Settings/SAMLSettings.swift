import SAML

/// What Portico is as a service provider.
struct SAMLSettings: Hashable, Sendable {
    /// The entity id of workspaces that do not set their own.
    let spIssuer: EntityID

    /// How far an identity provider's clock may be off.
    let clockSkew: Duration

    /// Reads both; behavior V8 allows three minutes of skew.
    init?(reader: inout SettingsReader) {
        let spIssuer = reader.value(.spIssuer) { text throws(SettingProblem) in
            guard let entityID = EntityID(text) else {
                throw SettingProblem("is not an entity id", "write a URI or a name of at most 1024 characters")
            }
            return entityID
        }
        self.clockSkew = reader.value(.clockSkew, default: .seconds(60)) { text throws(SettingProblem) in
            try SettingSyntax.duration(text, in: .zero...Duration.seconds(180))
        }
        guard let spIssuer = spIssuer ?? EntityID("portico") else { return nil }
        self.spIssuer = spIssuer
    }
}
