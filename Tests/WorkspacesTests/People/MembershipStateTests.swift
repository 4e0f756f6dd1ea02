import Testing
import Workspaces

@Suite("membership states")
struct MembershipStateTests {
    @Test(
        "M states are written and read back",
        arguments: [
            MembershipState.invited, .active, .notActivated, .deactivated(.idpSync), .deactivated(.admin),
            .deactivated(.scim),
        ]
    )
    func roundTrip(_ state: MembershipState) {
        #expect(MembershipState(name: state.name, deactivationOrigin: state.deactivationOrigin) == state)
    }

    @Test(
        "M other columns are no state",
        arguments: [
            ("active", nil), ("DEACTIVATED", nil), ("ACTIVE", .admin), ("REMOVED", nil),
        ] as [(String, DeactivationOrigin?)]
    )
    func refused(_ name: String, _ origin: DeactivationOrigin?) {
        #expect(MembershipState(name: name, deactivationOrigin: origin) == nil)
    }

    @Test("A2 role sources")
    func roleSources() {
        #expect(
            Set(RoleSource.allCases.map(\.rawValue)) == [
                "manual", "invite", "default", "saml_roles", "saml_groups", "scim", "owner",
            ]
        )
    }
}
