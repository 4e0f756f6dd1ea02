import Testing
import Workspaces

/// One thing that keeps an owner out who would come in with a passphrase otherwise.
struct LocalSignInDefect: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let refusal: LocalSignInRefusal
    let apply: @Sendable (inout LocalSignInExample) throws -> Void

    static let all: [LocalSignInDefect] = [
        LocalSignInDefect(testDescription: "the workspace is disabled", refusal: .workspaceDisabled) {
            $0.workspace.status = .disabled
        },
        LocalSignInDefect(testDescription: "A5 the operator switched it off", refusal: .switchedOff) {
            $0.workspace.localSignIn = .off
        },
        LocalSignInDefect(testDescription: "nobody has the address", refusal: .notAMember) { $0.membership = nil },
        LocalSignInDefect(testDescription: "rulings 27 an administrator who is not the owner", refusal: .ownerOnly) {
            $0.membership?.isOwner = false
        },
        LocalSignInDefect(testDescription: "no passphrase was set", refusal: .noPassphrase) {
            $0.proof = .noPassphrase
        },
        LocalSignInDefect(testDescription: "another passphrase", refusal: .passphraseWrong) {
            $0.proof = .passphraseWrong
        },
        LocalSignInDefect(testDescription: "another code", refusal: .codeWrong) { $0.proof = .codeWrong },
        LocalSignInDefect(testDescription: "a code that was used", refusal: .codeUsed) { $0.proof = .codeUsed },
        LocalSignInDefect(testDescription: "Q12 a member who was locked out", refusal: .deactivated) {
            $0.membership?.state = .deactivated(.admin)
        },
        LocalSignInDefect(testDescription: "a person who waits for a role", refusal: .awaitingRole) {
            $0.membership?.state = .notActivated
            $0.membership?.role = nil
        },
        LocalSignInDefect(testDescription: "C2 an invited owner, and every seat is taken", refusal: .seatLimit) {
            $0.membership?.state = .invited
            $0.workspace.seats = 5
        },
        LocalSignInDefect(
            testDescription: "D2 an invited member of a domain that is not claimed",
            refusal: .emailDomain
        ) {
            $0.workspace.localSignIn = .members
            $0.membership?.isOwner = false
            $0.membership?.state = .invited
            $0.domains = []
        },
    ]
}
