import ArgumentParser

/// Which of Portico's own keys a rotation is about.
enum KeyKind: String, ExpressibleByArgument, CaseIterable {
    /// Those that sign requests and decrypt assertions, which identity providers know.
    case saml
    /// Those that sign identity tokens, which applications know.
    case identity
}
