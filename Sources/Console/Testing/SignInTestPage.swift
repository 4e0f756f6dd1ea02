import GatewayHTTP
import Workspaces

/// What the page of a test sign-in shows: the names that the template uses.
struct SignInTestPage {
    /// An attribute that was received, with its values in a line.
    struct Received {
        let name: String
        let values: String
    }

    /// Who would have come in.
    struct Person {
        let email: String
        let displayName: String
        let role: String
        let standing: String
    }

    let frame: ConsoleFrame
    let path: String
    let testPath: String
    let isWaiting: Bool
    let isPassed: Bool
    let isRefused: Bool
    let time: String?
    let version: Int
    let isOutdated: Bool
    let title: String?
    let code: String?
    let failure: ShownFailure?
    let person: Person?
    let attributes: [Received]
    let hasAttributes: Bool
    let checks: [ShownCheck]
    let hasChecks: Bool

    init(_ visit: SettingsVisit, test: SignInTest, catalogue: RoleCatalogue, renderer: ConsoleRenderer) {
        let result = test.result
        let checks = (result?.checks ?? []).map { ShownCheck($0) }
        self.frame = ConsoleFrame(visit, page: .singleSignOn, renderer: renderer)
        self.path = ConsolePath.singleSignOn.path(at: renderer.site)
        self.testPath = renderer.site.testResultPath
        self.isWaiting = result == nil
        self.isPassed = result?.isPassed ?? false
        self.isRefused = result.map { !$0.isPassed } ?? false
        self.time = result.map { ReadableDate.time($0.finishedAt) }
        self.version = test.version
        self.isOutdated = SingleSignOnSettings(of: visit.configured) != test.settings
        self.title = result?.refusal?.code?.title
        self.code = result?.refusal?.code?.rawValue
        let hint = AdministratorHint(test.settings.applied(to: visit.configured), catalogue: catalogue)
        self.failure = result.flatMap { ShownFailure($0.checks, hint: hint) }
        self.person = result?.person
            .map { person in
                Person(
                    email: person.email,
                    displayName: person.displayName,
                    role: person.role ?? "none yet",
                    standing: Self.words(person.standing)
                )
            }
        self.attributes = (result?.attributes ?? [])
            .map { attribute in
                Received(name: attribute.name, values: attribute.values.joined(separator: " · "))
            }
        self.hasAttributes = !self.attributes.isEmpty
        self.checks = checks
        self.hasChecks = !checks.isEmpty
    }

    private static func words(_ standing: SignInTestResult.Person.Standing) -> String {
        switch standing {
        case .joins: "Would become a member"
        case .changes: "Is known here, and would be changed"
        case .stays: "Is a member, and would stay as they are"
        }
    }
}
