extension SignInCheck {
    /// The greatest length of a text that is kept, in bytes of UTF-8.
    package static let maximumKeptLength = 256

    /// What of the line may be kept: nothing about the person, printable, and cut to ``maximumKeptLength``.
    package var kept: SignInCheck {
        let outcome: Outcome =
            switch self.outcome {
            case .passed, .failed: self.outcome
            case .notChecked(let reason): .notChecked(because: Self.bounded(reason))
            }
        let got: CheckEvidence? =
            switch self.got {
            case .open(let text)?: .open(Self.bounded(text))
            case .personal(_, let text?)?: .open(Self.bounded(text))
            case .personal(_, nil)?, nil: nil
            }
        return SignInCheck(self.name, outcome, wanted: self.wanted.map { Self.bounded($0) }, got: got)
    }

    /// A text as it may be kept: printable, and cut to so many bytes.
    static func bounded(_ text: String, to maximumLength: Int = Self.maximumKeptLength) -> String {
        // Escaping makes a text longer and never shorter, so that no more than this can be left of it.
        let beginning = String(text.unicodeScalars.prefix(maximumLength))
        var result = String.UnicodeScalarView()
        var length = 0
        for scalar in PrintableText.escaped(beginning).unicodeScalars {
            length += UTF8.width(scalar)
            guard length <= maximumLength else { break }
            result.append(scalar)
        }
        return String(result)
    }
}
