import SAML
import Testing

/// One thing wrong with a valid exchange, and how it must be refused.
struct ProfileDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: ResponseRejection.Code
    let rule: String
    let apply: @Sendable (inout ValidExchange) throws -> Void

    init(
        _ testDescription: String,
        _ code: ResponseRejection.Code,
        _ rule: String,
        _ apply: @escaping @Sendable (inout ValidExchange) throws -> Void
    ) {
        self.testDescription = testDescription
        self.code = code
        self.rule = rule
        self.apply = apply
    }
}
