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
    static func auditDetail(_ differences: [SettingDifference]) -> [String: String] {
        var detail: [String: String] = [:]
        for difference in differences {
            detail["old_\(difference.field)"] = difference.old ?? ""
            detail[difference.field] = difference.new ?? ""
        }
        return detail
    }
}
