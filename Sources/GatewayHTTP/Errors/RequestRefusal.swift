package import HTTPTypes

/// Why a request was refused before anybody asked whom it concerns.
package enum RequestRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// There is no such page.
    case notFound = "not_found"
    /// A form was sent by another site's page.
    case crossSiteRefused = "cross_site_refused"
    /// The body is not a form, or not the form that the endpoint takes.
    case formInvalid = "form_invalid"
    /// The body is larger than any form that the endpoint takes.
    case formTooLarge = "form_too_large"
    /// A setup link that opens nothing: it was used, its time is over, or there never was one.
    case setupLinkUsed = "setup_link_used"
    /// An invitation's link that opens nothing: the person has come in, it was withdrawn or replaced, its time is over, or
    /// there never was one.
    case invitationUsed = "invitation_used"
    /// A link for a passphrase that sets nothing: it was used, its time is over, or there never was one.
    case passphraseLinkUsed = "passphrase_link_used"
    /// The head is not ASCII.
    case requestInvalid = "request_invalid"

    /// The HTTP status of the answer.
    package var status: HTTPResponse.Status {
        switch self {
        case .notFound, .setupLinkUsed, .invitationUsed, .passphraseLinkUsed: .notFound
        case .crossSiteRefused: .forbidden
        case .formInvalid, .requestInvalid: .badRequest
        case .formTooLarge: .contentTooLarge
        }
    }
}
