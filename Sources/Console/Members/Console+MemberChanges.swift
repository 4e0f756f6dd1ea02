import Storage
import Workspaces

extension Console {
    /// A change of a person's membership, as a visitor asks for it.
    func request(_ attempt: MemberChangeAttempt, of email: Email, _ visit: SettingsVisit) -> MemberChangeRequest {
        MemberChangeRequest(
            attempt,
            of: email,
            in: visit.scope,
            catalogue: self.catalogue,
            management: self.management,
            actor: visit.visitor.actor,
            now: self.now()
        )
    }
}
