import GatewayHTTP
import SAML
import Workspaces

/// What the guides say of a workspace: its values as the form of single sign-on has them.
struct GuideValues {
    /// What is sent of a person.
    enum Attribute: CaseIterable {
        case email
        case displayName
        case firstName
        case lastName
        case groups
        case roles
    }

    let companyID: String
    let assertionConsumerService: String
    let spIssuer: String
    let metadataURL: String
    let singleLogoutService: String
    let names: AttributeNames
    /// Every value of the roles attribute that gives a role in this workspace, the highest first.
    let roleValues: [String]
    let rolesMode: RolesMode
    /// Whether groups give anything in this workspace, so that they have to come.
    let usesGroups: Bool
    let signaturePolicy: SignaturePolicy
    let signsRequests: Bool
    let requiresEncryption: Bool

    init(_ configured: ConfiguredWorkspace, usesGroups: Bool, site: PublicSite, catalogue: RoleCatalogue) {
        let workspace = configured.workspace
        let provider = configured.identityProvider
        self.companyID = workspace.companyID.value
        self.assertionConsumerService = site.assertionConsumerService(of: workspace)
        self.spIssuer = workspace.spIssuer.value
        self.metadataURL = site.metadataURL(of: workspace)
        self.singleLogoutService = site.singleLogoutService(of: workspace)
        self.names = provider?.attributeNames ?? AttributeNames()
        self.roleValues = catalogue.roles.map { "\(workspace.companyID.value)_\($0.name)" }
        self.rolesMode = workspace.rolesMode
        self.usesGroups = usesGroups
        self.signaturePolicy = provider?.signaturePolicy ?? .either
        self.signsRequests = provider?.signRequests ?? false
        self.requiresEncryption = provider?.requireEncryption ?? false
    }

    /// Whether the roles attribute counts.
    var usesRoles: Bool { self.rolesMode != .off }

    /// What every value of the roles attribute of this workspace begins with.
    var rolePrefix: String { self.companyID + "_" }

    /// The name under which an attribute is to come; `nil` for what this workspace does not read.
    func name(of attribute: Attribute) -> String? {
        switch attribute {
        case .email: self.names.email
        case .displayName: self.names.displayName
        case .firstName: self.names.firstName
        case .lastName: self.names.lastName
        case .groups: self.usesGroups ? self.names.groups : nil
        case .roles: self.usesRoles ? self.names.roles : nil
        }
    }

    /// The rows of a table of attributes: the name, then what the provider takes the value from.
    ///
    /// - Parameter sources: What the provider has, in the order of the table.
    /// - Returns: A row for each that this workspace reads.
    func rows(_ sources: [(attribute: Attribute, source: [String])]) -> [[String]] {
        sources.compactMap { pair in self.name(of: pair.attribute).map { [$0] + pair.source } }
    }

    /// The words that fit what has to be signed.
    func signature(either: String, assertion: String, response: String, both: String) -> String {
        switch self.signaturePolicy {
        case .either: either
        case .assertion: assertion
        case .response: response
        case .both: both
        }
    }

    /// The values in a sentence.
    var roleList: String { self.roleValues.joined(separator: ", ") }
}
