package import FoundationEssentials
package import SAML

/// What a test sign-in showed: every check, what was received, and who would have come in.
package struct SignInTestResult: Hashable, Sendable {
    /// An attribute of the assertion with its values, both cut to a length that a page can show.
    package struct ReceivedAttribute: Hashable, Sendable, Codable {
        /// The name to write into the form.
        package let name: String
        /// The values.
        package let values: [String]

        /// Takes texts that were cut.
        package init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    /// Who would have been signed in.
    package struct Person: Hashable, Sendable, Codable {
        /// What would have become of the person.
        package enum Standing: String, Hashable, Sendable, Codable {
            /// The person would become a member.
            case joins
            /// The person is a member, whom the sign-in would change.
            case changes
            /// The person is a member and stays as they are.
            case stays
        }

        /// The address.
        package let email: String
        /// The name for human eyes.
        package let displayName: String
        /// The role; `nil` where the person would wait for one.
        package let role: String?
        /// What would have become of the person.
        package let standing: Standing

        /// Takes the texts of a row.
        package init(email: String, displayName: String, role: String?, standing: Standing) {
            self.email = email
            self.displayName = displayName
            self.role = role
            self.standing = standing
        }

        /// The person of an outcome; `nil` of a refusal.
        package init?(of outcome: ProvisioningOutcome) {
            guard case .accepted(let change, _, _) = outcome else { return nil }
            let membership = change.membership
            let standing: Standing =
                switch change {
                case .inserted: .joins
                case .updated(let old, let new): old.role == new.role && old.state == new.state ? .stays : .changes
                case .unchanged: .stays
                }
            self.init(
                email: membership.email.value,
                displayName: membership.displayName,
                role: membership.role?.name,
                standing: standing
            )
        }
    }

    /// When the response came.
    package let finishedAt: Date
    /// Every check in its order.
    package let checks: [SignInCheck]
    /// The attributes of a checked assertion; none of one that was refused.
    package let attributes: [ReceivedAttribute]
    /// Who would have been signed in; `nil` where nobody would.
    package let person: Person?

    private static let attributeLimit = 64
    private static let valueLimit = 20
    private static let textLimit = 256

    /// Puts a result together.
    package init(finishedAt: Date, checks: [SignInCheck], attributes: [ReceivedAttribute], person: Person?) {
        self.finishedAt = finishedAt
        self.checks = checks
        self.attributes = attributes
        self.person = person
    }

    /// Whether an ordinary sign-in with the same response would have let the person in.
    package var isPassed: Bool { self.person != nil && self.refusal == nil }

    /// The check that refused; `nil` of a test that passed.
    package var refusal: SignInCheck? { self.checks.first { $0.code != nil } }

    /// The attributes of an assertion as they are shown.
    package static func attributes(of assertion: ValidatedAssertion) -> [ReceivedAttribute] {
        assertion.attributes.prefix(Self.attributeLimit)
            .map { attribute in
                ReceivedAttribute(
                    name: Self.shown(attribute.name),
                    values: attribute.values.prefix(Self.valueLimit)
                        .map { value in
                            switch value {
                            case .text(let text): Self.shown(text)
                            case .structured: "(elements)"
                            }
                        }
                )
            }
    }

    private static func shown(_ text: String) -> String {
        PrintableText.escaped(String(text.unicodeScalars.prefix(Self.textLimit)))
    }
}
