import GatewayHTTP
import Workspaces

/// A form of the page about ways in, from a member who has confirmed who they are.
struct AccessStep: Sendable {
    let visit: SettingsVisit
    let session: Session
    let membership: Membership
    let form: Form
    let clientAddress: String
}
