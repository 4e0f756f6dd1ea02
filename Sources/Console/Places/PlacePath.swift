import GatewayHTTP
import Workspaces

/// Where the pages about spaces and projects are.
struct PlacePath {
    /// The list.
    let list: String

    init(_ site: PublicSite) {
        self.list = ConsolePath.places.path(at: site)
    }

    /// Where the forms and the page of places of a kind are; an identifier may hold any sign, so it is no part of the path.
    func page(_ kind: Place.Kind) -> String {
        self.list + "/" + kind.rawValue
    }

    /// The page of a place.
    func page(_ place: Place, _ pairs: [(name: String, value: String?)] = []) -> String {
        QueryText.link(self.page(place.kind), [(name: "id", value: place.id)] + pairs)
    }
}
