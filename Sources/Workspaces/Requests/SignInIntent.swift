/// What the person asked for on the page that they came from (behavior F1, Q8).
package enum SignInIntent: String, Hashable, Sendable, CaseIterable {
    /// To get in as somebody whom the workspace knows.
    case signIn = "sign_in"
    /// To be registered.
    case signUp = "sign_up"
}
