package import Workspaces

/// An error that an endpoint throws to end its request with an error page or its JSON.
package struct GatewayError: Error, Hashable, Sendable {
    /// What the person is told.
    package let publicError: PublicError
    /// After how long another attempt makes sense, when that is known.
    package let retryAfter: Duration?

    /// Ends the request with a code of behavior section 4.
    package init(_ code: RefusalCode, retryAfter: Duration? = nil) {
        self.publicError = PublicError(code)
        self.retryAfter = retryAfter
    }

    /// Ends the request because of its form.
    package init(_ refusal: RequestRefusal) {
        self.publicError = PublicError(refusal)
        self.retryAfter = nil
    }
}
