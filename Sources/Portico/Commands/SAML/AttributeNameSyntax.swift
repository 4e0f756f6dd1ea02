import ArgumentParser
import Workspaces

/// The names of attributes as a flag or YAML gives them: a preset (rulings 19), or `name=attribute` pairs of which only
/// those that are given change.
struct AttributeNameSyntax: Hashable, Sendable {
    private enum Form: Hashable {
        case preset(AttributePreset)
        case pairs([String: String])
    }

    /// The names that can be mapped, as `workspace apply` spells them.
    static let fields = ["email", "display_name", "first_name", "last_name", "groups", "group_values", "roles"]

    private let form: Form

    /// Reads a flag.
    ///
    /// - Throws: `ValidationError` that names the presets and the fields.
    init(_ text: String) throws {
        if let preset = AttributePreset(rawValue: text) {
            self.init(form: .preset(preset))
            return
        }
        var pairs: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                let presets = AttributePreset.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("“\(pair)” is neither a preset (\(presets)) nor of the form name=attribute")
            }
            pairs[parts[0]] = parts[1]
        }
        try self.init(pairs: pairs)
    }

    /// Takes pairs.
    init(pairs: [String: String]) throws {
        if let unknown = pairs.keys.sorted().first(where: { !Self.fields.contains($0) }) {
            let known = Self.fields.joined(separator: ", ")
            throw ValidationError("“\(unknown)” is not the name of an attribute; the names are \(known)")
        }
        if let form = pairs["group_values"], GroupValues(rawValue: form) == nil {
            let forms = GroupValues.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("“\(form)” is no way to write several groups; the ways are \(forms)")
        }
        self.init(form: .pairs(pairs))
    }

    private init(form: Form) {
        self.form = form
    }

    /// The names that result.
    func applied(to current: AttributeNames) -> AttributeNames {
        switch self.form {
        case .preset(let preset):
            return preset.names
        case .pairs(let pairs):
            var names = current
            names.email = pairs["email"] ?? names.email
            names.displayName = pairs["display_name"] ?? names.displayName
            names.firstName = pairs["first_name"] ?? names.firstName
            names.lastName = pairs["last_name"] ?? names.lastName
            names.groups = pairs["groups"] ?? names.groups
            names.groupValues = pairs["group_values"].flatMap(GroupValues.init) ?? names.groupValues
            names.roles = pairs["roles"] ?? names.roles
            return names
        }
    }
}
