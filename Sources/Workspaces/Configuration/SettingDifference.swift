/// One setting that a change alters: for the difference that `workspace apply` prints and for the audit log.
package struct SettingDifference: Hashable, Sendable {
    /// The setting, by its name in YAML and JSON.
    package let field: String
    /// The text before; `nil` when there was none.
    package let old: String?
    /// The text afterwards; `nil` when there is none.
    package let new: String?

    /// Compares two texts.
    ///
    /// - Returns: `nil` when they are the same bytes.
    init?(_ field: String, from old: String?, to new: String?) {
        guard old.map({ Array($0.utf8) }) != new.map({ Array($0.utf8) }) else { return nil }
        self.field = field
        self.old = old
        self.new = new
    }

    /// The differences as the detail of an audit event: `field` and `old_field`.
    ///
    /// A list that is longer than a value of an event goes on under `field_2`, `field_3` and so on, so that the fingerprint
    /// of no certificate is cut off (behavior T4).
    static func auditDetail(_ differences: [SettingDifference]) -> [String: String] {
        var detail: [String: String] = [:]
        for difference in differences {
            for (field, text) in [("old_\(difference.field)", difference.old), (difference.field, difference.new)] {
                for (index, part) in Self.parts(of: text ?? "").enumerated() {
                    detail[index == 0 ? field : "\(field)_\(index + 1)"] = part
                }
            }
        }
        return detail
    }

    /// Divides a list at its commas into parts that an event keeps whole.
    private static func parts(of text: String) -> [String] {
        var parts: [String] = []
        for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
            let longer = parts.last.map { "\($0),\(entry)" }
            if let longer, longer.unicodeScalars.count <= AuditEvent.maximumValueLength {
                parts[parts.count - 1] = longer
            } else {
                parts.append(String(entry))
            }
        }
        return parts
    }
}
