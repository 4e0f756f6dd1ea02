/// An attribute's name is compared exactly, so a stray space around it would make the attribute never be found.
enum AttributeNameRule {
    /// Whether a name can be an attribute's.
    static func isAcceptable(_ name: String) -> Bool {
        guard (1...256).contains(name.unicodeScalars.count) else { return false }
        guard name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return false }
        return name.first?.isWhitespace == false && name.last?.isWhitespace == false
    }
}
