import Storage
import Workspaces
import XMLSecurity

/// Turns a refusal of the domain into the line that the operator reads.
enum AdministrationFailure {
    /// What to tell of `error`; other errors are returned as they are.
    static func explain(_ error: any Error) -> any Error {
        switch error {
        case let mistakes as ConfigurationMistakes:
            CommandRefusal(mistakes.mistakes.map(\.description).joined(separator: " "))
        case let refusal as AdministrationRefusal: CommandRefusal(refusal.description)
        case let refusal as DomainClaimRule.Refusal: CommandRefusal(refusal.description)
        case let refusal as CertificateRejection: CommandRefusal(refusal.description)
        case let refusal as WorkspaceStoreError: CommandRefusal(refusal.description)
        case let refusal as SPKeyRotation.Refusal: CommandRefusal(refusal.description)
        case let refusal as IdentityKeyRotation.Refusal: CommandRefusal(refusal.description)
        case let refusal as MetadataReviewRefusal: CommandRefusal(refusal.description)
        case let failure as SealingFailure: CommandRefusal(failure.description)
        default: error
        }
    }
}
