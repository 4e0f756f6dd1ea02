/// A test sign-in that waits for the identity provider's response (behavior T7).
///
/// It is bound to the browser, like a sign-in, and to the session or the visit that began it, which must still have the
/// right to when the response comes. It decides upon a version of the settings and writes nothing that a sign-in writes.
package struct SignInTest: Hashable, Sendable {
    /// Who began a test.
    package enum Owner: Hashable, Sendable {
        /// An administrator, by the session.
        case session(SessionTokenHash)
        /// Whoever opened a setup link, by the visit.
        case visit(SecretTokenHash<SetupVisit>)
    }

    /// The request that is sent, its browser and its time.
    package let request: OutstandingRequest
    /// Who began it.
    package let owner: Owner
    /// The number of the version that it tries.
    package let version: Int
    /// What the version says.
    package let settings: SingleSignOnSettings
    /// What came of it; `nil` while it waits.
    package let result: SignInTestResult?

    /// Restores a test from its row.
    package init(
        request: OutstandingRequest,
        owner: Owner,
        version: Int,
        settings: SingleSignOnSettings,
        result: SignInTestResult?
    ) {
        self.request = request
        self.owner = owner
        self.version = version
        self.settings = settings
        self.result = result
    }
}
