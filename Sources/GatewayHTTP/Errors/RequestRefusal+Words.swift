/// What a person reads; the words depend on the code and on nothing else.
extension RequestRefusal {
    /// What happened, in a few words.
    var title: String {
        switch self {
        case .notFound: "There is no such page"
        case .crossSiteRefused: "This form came from another site"
        case .formInvalid: "We could not read this form"
        case .formTooLarge: "This is more than we can take at once"
        case .setupLinkUsed: "This setup link opens nothing any more"
        case .invitationUsed: "This invitation opens nothing any more"
        case .passphraseLinkUsed: "This link sets no passphrase any more"
        case .requestInvalid: "We could not read this request"
        }
    }

    /// One sentence: what the person can do.
    var advice: String {
        switch self {
        case .notFound: "Check the address, or go to the application and sign in from there."
        case .crossSiteRefused: "Nothing was changed; open the page here and send the form again."
        case .formInvalid: "Go back, reload the page and send the form again."
        case .formTooLarge:
            "Nothing was changed. Go back, where what you typed still is, and send less; a metadata file may have 1 MiB."
        case .setupLinkUsed: "A setup link opens once, and only for a while; ask whoever sent it for a new one."
        case .invitationUsed:
            "If you have used it already, just sign in; otherwise ask whoever invited you for a new one."
        case .passphraseLinkUsed: "Such a link works once, and only for a while; ask whoever sent it for a new one."
        case .requestInvalid: "Check the address, or go to the application and sign in from there."
        }
    }
}
