/// Where a workspace's identity provider takes logout messages (behavior F5).
package struct SingleLogoutService: Hashable, Sendable {
    /// The URL for requests.
    package var url: String
    /// How messages travel there.
    package var binding: RequestBinding
    /// The URL for responses, where it is another one.
    package var responseURL: String?

    /// Makes a service from values that were checked.
    package init(url: String, binding: RequestBinding = .redirect, responseURL: String? = nil) {
        self.url = url
        self.binding = binding
        self.responseURL = responseURL
    }

    /// Where an answer of ours is sent (saml-metadata 2.2.2).
    package var answerURL: String { self.responseURL ?? self.url }
}
