import XMLSecurity

extension ResponseGrammar {
    private static let nameIDAttributes = ["NameQualifier", "SPNameQualifier", "Format", "SPProvidedID"]

    /// Every element that a Response, and a logout message, may contain outside of signatures and ciphertext.
    static let elements: [XMLName: ElementGrammar] = [
        .protocols("Response"): ElementGrammar(
            .signable([
                .optional(.assertion("Issuer")),
                .one(.protocols("Status")),
                .optional(.assertion("Assertion"), .assertion("EncryptedAssertion")),
            ]),
            required: ["ID", "Version", "IssueInstant"],
            optional: ["InResponseTo", "Destination", "Consent"]
        ),
        .protocols("Status"): ElementGrammar(
            .sequence([.one(.protocols("StatusCode")), .optional(.protocols("StatusMessage"))])
        ),
        .protocols("StatusCode"): ElementGrammar(
            .sequence([.optional(.protocols("StatusCode"))]),
            required: ["Value"]
        ),
        .protocols("StatusMessage"): ElementGrammar(.text),

        .protocols("LogoutRequest"): ElementGrammar(
            .signable([
                .one(.assertion("Issuer")), .one(.assertion("NameID")), .any(.protocols("SessionIndex")),
            ]),
            required: ["ID", "Version", "IssueInstant"],
            optional: ["Destination", "Consent", "NotOnOrAfter", "Reason"]
        ),
        .protocols("SessionIndex"): ElementGrammar(.text),
        .protocols("LogoutResponse"): ElementGrammar(
            .signable([.one(.assertion("Issuer")), .one(.protocols("Status"))]),
            required: ["ID", "Version", "IssueInstant"],
            optional: ["InResponseTo", "Destination", "Consent"]
        ),

        .signature("Signature"): ElementGrammar(
            .sealed([SAMLNamespace.signature, SAMLNamespace.signature11, SAMLNamespace.exclusiveCanonicalization]),
            optional: ["Id"]
        ),
        .assertion("EncryptedAssertion"): ElementGrammar(.encrypted),

        .assertion("Assertion"): ElementGrammar(
            .signable([
                .one(.assertion("Issuer")),
                .optional(.assertion("Subject")),
                .optional(.assertion("Conditions")),
                .any(.assertion("AuthnStatement"), .assertion("AttributeStatement")),
            ]),
            required: ["ID", "Version", "IssueInstant"]
        ),
        .assertion("Issuer"): ElementGrammar(.text, optional: Self.nameIDAttributes),

        .assertion("Subject"): ElementGrammar(
            .sequence([.optional(.assertion("NameID")), .any(.assertion("SubjectConfirmation"))])
        ),
        .assertion("NameID"): ElementGrammar(.text, optional: Self.nameIDAttributes),
        .assertion("SubjectConfirmation"): ElementGrammar(
            .sequence([.optional(.assertion("NameID")), .optional(.assertion("SubjectConfirmationData"))]),
            required: ["Method"]
        ),
        .assertion("SubjectConfirmationData"): ElementGrammar(
            .sequence([]),
            optional: ["NotBefore", "NotOnOrAfter", "Recipient", "InResponseTo", "Address"]
        ),

        .assertion("Conditions"): ElementGrammar(
            .sequence([
                .any(
                    .assertion("AudienceRestriction"),
                    .assertion("OneTimeUse"),
                    .assertion("ProxyRestriction"),
                    .assertion("Condition")
                )
            ]),
            optional: ["NotBefore", "NotOnOrAfter"]
        ),
        .assertion("AudienceRestriction"): ElementGrammar(.sequence([.some(.assertion("Audience"))])),
        .assertion("Audience"): ElementGrammar(.text),
        .assertion("OneTimeUse"): ElementGrammar(.sequence([])),
        .assertion("ProxyRestriction"): ElementGrammar(.sequence([.any(.assertion("Audience"))]), optional: ["Count"]),
        .assertion("Condition"): ElementGrammar(.sequence([])),

        .assertion("AuthnStatement"): ElementGrammar(
            .sequence([.optional(.assertion("SubjectLocality")), .one(.assertion("AuthnContext"))]),
            required: ["AuthnInstant"],
            optional: ["SessionIndex", "SessionNotOnOrAfter"]
        ),
        .assertion("SubjectLocality"): ElementGrammar(.sequence([]), optional: ["Address", "DNSName"]),
        .assertion("AuthnContext"): ElementGrammar(
            .sequence([
                .optional(.assertion("AuthnContextClassRef")),
                .optional(.assertion("AuthnContextDeclRef")),
                .any(.assertion("AuthenticatingAuthority")),
            ])
        ),
        .assertion("AuthnContextClassRef"): ElementGrammar(.text),
        .assertion("AuthnContextDeclRef"): ElementGrammar(.text),
        .assertion("AuthenticatingAuthority"): ElementGrammar(.text),

        .assertion("AttributeStatement"): ElementGrammar(.sequence([.any(.assertion("Attribute"))])),
        .assertion("Attribute"): ElementGrammar(
            .sequence([.any(.assertion("AttributeValue"))]),
            required: ["Name"],
            optional: ["NameFormat", "FriendlyName"],
            foreign: .any
        ),
        .assertion("AttributeValue"): ElementGrammar(.attributeValue),
    ]
}
