/// The spelling of sizes in settings: `65536`, `64KiB`, `10MiB`, `1GiB`.
enum ByteCountSyntax {
    /// Reads a size in bytes.
    static func parse(_ text: String) throws(SettingProblem) -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let factor: Int? =
            switch text.dropFirst(digits.count) {
            case "": 1
            case "KiB": 1 << 10
            case "MiB": 1 << 20
            case "GiB": 1 << 30
            default: nil
            }
        guard let count = Int(digits), let factor else {
            throw SettingProblem("is not a size", "write a number of bytes, or one with KiB, MiB or GiB")
        }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: factor)
        guard !overflow else { throw SettingProblem("is too large", "write a smaller size") }
        return bytes
    }
}
