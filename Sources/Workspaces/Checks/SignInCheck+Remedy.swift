package import SAML

extension SignInCheck {
    /// Who has to change what, where the check failed: one sentence that names the party first.
    package var remedy: String? {
        guard let responsible = self.responsible else { return nil }
        return switch self.name {
        case .response(let rule): Self.remedy(rule, responsible)
        case .step(let step): self.remedy(step, responsible.title)
        }
    }

    private static func remedy(_ rule: ResponseCheck.Rule, _ responsible: ResponsibleParty) -> String {
        let party = responsible.title
        return switch rule {
        case .encoding, .document, .structure, .signedContent: Self.remedyForTheForm(rule, party)
        case .encryptionPolicy:
            "\(party) encrypts the assertion with the certificate in Portico's metadata, or the workspace administrator"
                + " no longer asks for encryption."
        case .claimedStatus:
            "\(party) looks up the reason in its log; often the person is not assigned to the application. No signature"
                + " on the answer was checked: whoever began the sign-in may have written it."
        case .status:
            "\(party) looks up the reason in its log; often the person is not assigned to the application."
        case .claimedResponseIssuer, .claimedAssertionIssuer, .responseIssuer, .assertionIssuer:
            "\(party) compares the issuer in the settings with the entity ID of the identity provider: they must be"
                + " equal to the letter."
        case .responseSignature, .assertionSignature, .signaturePolicy, .decryption:
            Self.remedyForKeys(rule, responsible)
        case .destination, .bearerConfirmation:
            "\(party) sets the assertion consumer service URL, Recipient and Destination to the one of this workspace, and"
                + " answers with the request and the time that it is given."
        case .audience:
            "\(party) sets the audience, also called SP entity ID, to the SP issuer of this workspace."
        case .responseAge, .assertionAge, .conditions, .authnStatement:
            "\(party) corrects the clock or the times of the assertion, and sends one AuthnStatement; a response that was"
                + " captured earlier is judged as of then with --at."
        case .inResponseTo:
            "\(party) starts again from the sign-in page; a response answers the request that it was asked by."
        case .forcedAuthentication:
            "\(party) lets people authenticate anew when the request asks for it, or the workspace administrator no longer"
                + " asks."
        case .authnContext:
            "\(party) authenticates people in one of the ways that the request asks for and says so in AuthnContextClassRef,"
                + " or the workspace administrator asks for another."
        }
    }

    private static func remedyForTheForm(_ rule: ResponseCheck.Rule, _ party: String) -> String {
        switch rule {
        case .encoding:
            "\(party) posts the Response as base64 in the field SAMLResponse; a capture must be that field, whole."
        case .document:
            "\(party) sends plain XML in UTF-8, without document type, comments and CDATA."
        case _:
            "\(party) leaves out what is named here, or corrects it; Portico reads no extensions."
        }
    }

    private static func remedyForKeys(_ rule: ResponseCheck.Rule, _ responsible: ResponsibleParty) -> String {
        let party = responsible.title
        return switch (rule, responsible) {
        case (.decryption, .operator):
            "\(party) gives the secret key and looks at “portico keys list”: no key of Portico could be tried."
        case (.decryption, _):
            "\(party) encrypts with AES-GCM and RSA-OAEP, to the certificate that is in Portico's metadata now."
        case (.signaturePolicy, _):
            "\(party) signs what the workspace wants signed, or the workspace administrator asks for less."
        case (_, .workspaceAdministrator):
            "\(party) replaces the pinned certificates by those that the identity provider signs with now."
        case (_, .operator):
            "\(party) looks at the log and the memory of this machine: the library failed."
        case (_, _):
            "\(party) signs the Response or the assertion, with RSA or ECDSA and SHA-256 or better and exclusive"
                + " canonicalization, and nothing on the way changes it."
        }
    }

    private func remedy(_ step: SignInStep, _ party: String) -> String {
        switch step {
        case .storedRequest, .browser, .replay:
            "\(party) starts again from the sign-in page, in one browser, and does not use the Back button on the way."
        case .samlSettings:
            "\(party) enables the workspace and its SAML settings, or finishes changing them, before people sign in."
        case .assertionConsumerService:
            "\(party) posts to the assertion consumer service URL of this workspace."
        case .email:
            "\(party) sends exactly one e-mail address in the attribute, or the workspace administrator names another"
                + " attribute."
        case .emailDomain:
            "\(party) claims the domain of the address where it is the company's own, or invites the person as a guest."
        case .roles:
            "\(party) gives the person a role of the form company_ROLE for this workspace, exactly as it is written here."
        case .membership where self.wanted == Self.invitedPerson:
            "The person opened an invitation that is for another address, and signs in without it."
        case .membership:
            "\(party) invites the person, gives them a role, or reactivates them."
        case .seat:
            "\(party) frees a seat or adds one."
        }
    }
}

extension ResponsibleParty {
    /// The party, at the beginning of a sentence.
    package var title: String {
        switch self {
        case .identityProviderAdministrator: "The identity provider's administrator"
        case .workspaceAdministrator: "The workspace administrator"
        case .operator: "The operator"
        case .member: "The person"
        }
    }
}
