/// One thing that has to be done so that spaces and projects are as somebody wants them.
package enum PlaceStep: Hashable, Sendable {
    /// The place is made.
    case create(Place, title: String)
    /// The place gets another name; an empty text is none.
    case retitle(Place, from: String, to: String)
    /// Somebody is put in, or becomes something else in it.
    case assign(Email, Place, from: ProjectRole?, to: ProjectRole)
    /// Somebody is taken out.
    case withdraw(Email, Place)

    /// The place.
    package var place: Place {
        switch self {
        case .create(let place, _), .retitle(let place, _, _), .assign(_, let place, _, _), .withdraw(_, let place):
            place
        }
    }

    /// The step as a difference that is printed before it is made.
    package var difference: SettingDifference? {
        let field = "\(self.place.kind.rawValue)s.\(self.place.id)"
        switch self {
        case .create(let place, let title):
            return SettingDifference(field, from: nil, to: title.isEmpty ? place.id : title)
        case .retitle(_, let old, let new):
            return SettingDifference("\(field).title", from: old.isEmpty ? nil : old, to: new.isEmpty ? nil : new)
        case .assign(let email, let place, let old, let new):
            let words = { (role: ProjectRole) in
                place.kind == .space ? email.value : "\(email.value) as \(role.rawValue)"
            }
            return SettingDifference("\(field).members", from: old.map(words), to: words(new))
        case .withdraw(let email, _):
            return SettingDifference("\(field).members", from: email.value, to: nil)
        }
    }
}
