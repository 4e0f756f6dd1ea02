package import Workspaces

extension ReturnPath {
    /// The query that keeps the path on the way to another page; nothing for the start page.
    package var asQuery: String {
        guard self != .root else { return "" }
        let unreserved = Array("-._~/".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var query = Array("?rd=".utf8)
        for byte in self.value.utf8 {
            let isAlphanumeric =
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                case _: false
                }
            if isAlphanumeric || unreserved.contains(byte) {
                query.append(byte)
            } else {
                query += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: query, as: UTF8.self)
    }
}
