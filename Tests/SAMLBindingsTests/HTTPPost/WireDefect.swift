import SAML
import SAMLTesting
import Testing

/// One thing wrong with a message whose signature is valid, and how it must be refused.
struct WireDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: ResponseRejection.Code
    let signing: ResponseDraft.Signing
    let apply: @Sendable (inout ResponseDraft) throws -> Void

    init(
        _ testDescription: String,
        _ code: ResponseRejection.Code,
        signing: ResponseDraft.Signing = .assertion,
        _ apply: @escaping @Sendable (inout ResponseDraft) throws -> Void
    ) {
        self.testDescription = testDescription
        self.code = code
        self.signing = signing
        self.apply = apply
    }

    /// A defect that is one replacement in the text.
    static func edit(
        _ testDescription: String,
        _ code: ResponseRejection.Code,
        _ text: String,
        _ replacement: String,
        signing: ResponseDraft.Signing = .assertion
    ) -> WireDefect {
        WireDefect(testDescription, code, signing: signing) { $0.replace(text, with: replacement) }
    }
}
