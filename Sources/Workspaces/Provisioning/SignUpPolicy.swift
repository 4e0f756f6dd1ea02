/// Who may register without an invitation, as the installation has it: `DISABLE_SIGNUP_WITHOUT_LINK` (behavior M6).
package enum SignUpPolicy: Hashable, Sendable, CaseIterable {
    /// Whoever the workspace lets register.
    case open
    /// Only people who were invited.
    case invitationOnly
}
