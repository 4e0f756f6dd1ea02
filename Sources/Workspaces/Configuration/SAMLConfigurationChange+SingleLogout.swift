extension SAMLConfigurationChange {
    /// The single logout service that results, without a check of its URLs; nil where no URL is set.
    func singleLogout(over current: SingleLogoutService?) -> SingleLogoutService? {
        let url = self.sloURL ?? current?.url ?? ""
        guard !url.isEmpty else { return nil }
        let responseURL = self.sloResponseURL ?? current?.responseURL ?? ""
        return SingleLogoutService(
            url: url,
            binding: self.sloBinding ?? current?.binding ?? .redirect,
            responseURL: responseURL.isEmpty ? nil : responseURL
        )
    }

    /// What is wrong with the single logout service that results.
    func singleLogoutMistakes(
        _ service: SingleLogoutService?,
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) -> [ConfigurationMistakes.Mistake] {
        guard let service else {
            guard self.sloResponseURL?.isEmpty == false else { return [] }
            let message = "It is empty, and slo_response_url is not. Give both, or neither."
            return [.init(field: "slo_url", message: message)]
        }
        let urls = [("slo_url", service.url)] + (service.responseURL.map { [("slo_response_url", $0)] } ?? [])
        return urls.compactMap { field, url in
            SignInURLRule.mistake(in: url, of: .logout, loopbackHTTP: loopbackHTTP)
                .map { .init(field: field, message: $0) }
        }
    }
}
