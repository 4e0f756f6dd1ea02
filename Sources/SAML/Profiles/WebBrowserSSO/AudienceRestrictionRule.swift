/// saml-core 2.5.1.4 and saml-profiles 4.1.4.2: there is at least one AudienceRestriction; each of them must hold, and
/// one holds when any of its audiences is this service provider, character by character (behavior V/7, V3).
struct AudienceRestrictionRule {
    let serviceProvider: EntityID

    func check(_ conditions: Conditions?) throws(ResponseRejection) -> Finding {
        var found: [String]?
        for case .audienceRestriction(let audiences) in conditions?.conditions ?? [] {
            guard audiences.contains(where: { $0.isExactly(self.serviceProvider.value) }) else {
                throw ResponseRejection(
                    .audienceMismatch,
                    rule: "AudienceRestrictionRule",
                    wanted: self.serviceProvider.value,
                    got: audiences.joined(separator: " ")
                )
            }
            found = audiences
        }
        guard let found else {
            throw ResponseRejection(
                .audienceMismatch,
                rule: "AudienceRestrictionRule",
                wanted: self.serviceProvider.value
            )
        }
        return Finding(wanted: .text(self.serviceProvider.value), got: .list(found))
    }
}
