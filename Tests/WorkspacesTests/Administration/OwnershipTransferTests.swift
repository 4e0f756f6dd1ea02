import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("ownership transfer")
struct OwnershipTransferTests {
    private func transfer(
        by actor: AuditActor = .operator,
        hasOwner: Bool = true,
        localSignIn: LocalSignInMode = .off,
        successorHasPassphrase: Bool = false,
        method: AuthenticationMethod? = nil,
        isOn: Bool = false,
        prepare: (inout Membership) -> Void = { _ in }
    ) throws -> OwnershipTransfer {
        var owner = try SampleSignIn()
        try owner.join(.active, role: "ADMIN", source: .owner, isOwner: true)
        var successor = Membership(
            userID: .random(),
            email: try #require(Email("bob@company-a.example")),
            displayName: "Bob",
            state: .active,
            role: Role("ADMIN"),
            roleSource: .samlRoles
        )
        prepare(&successor)
        owner.workspace.localSignIn = localSignIn
        var configured = owner.facts().configured
        if isOn {
            configured.identityProvider = IdentityProviderConfiguration(
                enabled: true,
                signInURL: "https://idp.example/sso",
                issuer: try #require(EntityID("https://idp.example")),
                certificates: []
            )
        }
        return OwnershipTransfer(
            configured: configured,
            owner: hasOwner ? owner.membership : nil,
            successor: successor,
            successorHasPassphrase: successorHasPassphrase,
            catalogue: .standard,
            actor: actor,
            method: method,
            now: SampleSignIn.now
        )
    }

    @Test("rulings 27, A3 the flag moves, and nothing else changes")
    func moves() throws {
        let ann = try #require(Email("ann@company-a.example"))
        for actor in [AuditActor.operator, .member(ann)] {
            let outcome = try self.transfer(by: actor).decide()
            let people = outcome.changes.map(\.membership)
            #expect(people.map(\.isOwner) == [false, true])
            #expect(people.map(\.role) == [Role("ADMIN"), Role("ADMIN")])
            #expect(people.map(\.roleSource) == [.manual, .owner])
            #expect(people.map(\.authzVersion) == [8, 2])
            #expect(outcome.events.map(\.action) == [.ownershipTransferred])
            #expect(outcome.events.map(\.email) == ["bob@company-a.example"])
            #expect(outcome.events.first?.detail["old_owner"] == "ann@company-a.example")
            #expect(outcome.sessionEffects.count == 2)
        }
    }

    @Test("a workspace without an owner gets one by the operator's word")
    func withoutOwner() throws {
        let outcome = try self.transfer(hasOwner: false).decide()
        #expect(outcome.changes.map(\.membership.isOwner) == [true])
    }

    @Test("who owns the workspace already does so still")
    func already() throws {
        #expect(try self.transfer { $0.isOwner = true }.decide().changes.isEmpty)
    }

    @Test("A5 nobody gives the ownership to somebody who could not get in, and the operator is told")
    func keepsAWayIn() throws {
        let ann = AuditActor.member(try #require(Email("ann@company-a.example")))
        let bob = try #require(Email("bob@company-a.example"))
        let stranding = try self.transfer(by: ann, localSignIn: .owner)
        #expect(throws: AdministrationRefusal.successorLockedOut(bob)) { try stranding.decide() }
        #expect(try self.transfer(localSignIn: .owner).decide().leavesNoWayIn)
        for mode in [LocalSignInMode.members, .off] {
            // The former owner's passphrase stays, or there was none before either.
            #expect(try !self.transfer(by: ann, localSignIn: mode).decide().leavesNoWayIn)
        }
        let known = try self.transfer(by: ann, localSignIn: .owner, successorHasPassphrase: true)
        #expect(try !known.decide().leavesNoWayIn)
    }

    @Test("A5 whoever came with the only passphrase shows first that single sign-on works")
    func keepsAWayInThatWorks() throws {
        let ann = AuditActor.member(try #require(Email("ann@company-a.example")))
        let bob = try #require(Email("bob@company-a.example"))
        let unshown = try self.transfer(by: ann, localSignIn: .owner, method: .passphrase, isOn: true)
        #expect(throws: AdministrationRefusal.singleSignOnNotShown(bob)) { try unshown.decide() }
        let shown = try self.transfer(by: ann, localSignIn: .owner, method: .saml, isOn: true)
        #expect(try !shown.decide().leavesNoWayIn)
        let known = try self.transfer(
            by: ann,
            localSignIn: .owner,
            successorHasPassphrase: true,
            method: .passphrase,
            isOn: true
        )
        #expect(try known.decide().changes.count == 2)
        // The passphrase stays with the former owner.
        let keeping = try self.transfer(by: ann, localSignIn: .members, method: .passphrase, isOn: true)
        #expect(try keeping.decide().changes.count == 2)
        #expect(try self.transfer(localSignIn: .owner, isOn: true).decide().changes.count == 2)
        // Nobody is said to have a passphrase who may have none.
        let words = AdministrationRefusal.successorLockedOut(bob).description
        #expect(words.contains("bob@company-a.example has none") && !words.contains("yours"))
    }

    @Test("rulings 27 an active administrator only")
    func refuses() throws {
        let defects: [(inout Membership) -> Void] = [
            { $0.role = Role("SUPERVISOR") }, { $0.state = .invited }, { $0.state = .deactivated(.admin) },
        ]
        for defect in defects {
            let transfer = try self.transfer(prepare: defect)
            #expect(throws: AdministrationRefusal.notAnActiveAdmin) { try transfer.decide() }
        }
        let bob = try #require(Email("bob@company-a.example"))
        let seizure = try self.transfer(by: .member(bob))
        #expect(throws: AdministrationRefusal.notTheOwner) { try seizure.decide() }
        let orphan = try self.transfer(by: .member(bob), hasOwner: false)
        #expect(throws: AdministrationRefusal.notTheOwner) { try orphan.decide() }
        let stranger = OwnershipTransfer(
            configured: seizure.configured,
            owner: seizure.owner,
            successor: nil,
            successorHasPassphrase: false,
            catalogue: .standard,
            actor: .operator,
            method: nil,
            now: SampleSignIn.now
        )
        #expect(throws: AdministrationRefusal.notAMember) { try stranger.decide() }
    }
}
