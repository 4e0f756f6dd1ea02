/// Compares paths by whole segments.
enum PathPrefix {
    /// Whether a path is the prefix or lies below it; `/` is above every path.
    @inline(__always)
    static func matches(_ prefix: [UInt8], _ path: UnsafeRawBufferPointer) -> Bool {
        let count = prefix.count
        if count == 1 { return path.first == UInt8(ascii: "/") }
        guard path.count >= count else { return false }
        for index in 0..<count where path[index] != prefix[index] { return false }
        return path.count == count || path[count] == UInt8(ascii: "/")
    }
}
