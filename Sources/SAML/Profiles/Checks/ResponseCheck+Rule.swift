extension ResponseCheck {
    /// What is checked of a Response, in the order of rulings 1; the raw values stand in records and in JSON.
    package enum Rule: String, Hashable, Sendable, CaseIterable {
        /// The form field is strict base64 of a bounded length (saml-bindings 3.5.4).
        case encoding
        /// The bytes are a document of strict XML.
        case document = "xml"
        /// The elements and attributes are those of the closed grammar, and what they hold can be read.
        case structure
        /// The assertion is encrypted where the workspace wants that.
        case encryptionPolicy = "encryption_policy"
        /// The Response claims success.
        case claimedStatus = "claimed_status"
        /// The Response claims to come from the workspace's identity provider.
        case claimedResponseIssuer = "claimed_response_issuer"
        /// The assertion claims to come from the workspace's identity provider.
        case claimedAssertionIssuer = "claimed_assertion_issuer"
        /// The Response's own signature, where it has one, is valid (saml-core 5.4).
        case responseSignature = "response_signature"
        /// An encrypted assertion can be read.
        case decryption
        /// The assertion's own signature, where it has one, is valid, and one of the two signatures covers the assertion.
        case assertionSignature = "assertion_signature"
        /// What the signature covers, parsed anew, is of the grammar and holds the assertion.
        case signedContent = "signed_content"
        /// The status is success (saml-core 3.2.2.2).
        case status
        /// The Response's issuer is the workspace's identity provider (saml-profiles 4.1.4.2).
        case responseIssuer = "response_issuer"
        /// The assertion's issuer is the workspace's identity provider (saml-profiles 4.1.4.2).
        case assertionIssuer = "assertion_issuer"
        /// What the workspace wants signed is signed.
        case signaturePolicy = "signature_policy"
        /// The Response was sent to this assertion consumer service (saml-bindings 3.5.5.2).
        case destination
        /// The assertion is for this service provider (saml-core 2.5.1.4).
        case audience
        /// The Response is of the last ten minutes.
        case responseAge = "response_age"
        /// The assertion is of the last ten minutes.
        case assertionAge = "assertion_age"
        /// The assertion's other conditions hold (saml-core 2.5.1).
        case conditions
        /// A bearer may use the assertion here, now, and for this request (saml-profiles 4.1.4.2).
        case bearerConfirmation = "bearer_confirmation"
        /// The Response answers this request (saml-core 3.2.2).
        case inResponseTo = "in_response_to"
        /// There is one statement about how the person authenticated (saml-core 2.7.2).
        case authnStatement = "authn_statement"
        /// The person authenticated anew where that was asked for (saml-core 3.4.1).
        case forcedAuthentication = "forced_authentication"
        /// The person authenticated in one of the ways that the workspace wants (saml-core 3.3.2.2.1).
        case authnContext = "authn_context"
    }
}
