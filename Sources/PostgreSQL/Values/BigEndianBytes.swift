extension Array where Element == UInt8 {
    /// Appends an integer in network byte order.
    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        var shift = value.bitWidth - 8
        while shift >= 0 {
            self.append(UInt8(truncatingIfNeeded: value >> shift))
            shift -= 8
        }
    }
}

extension ArraySlice where Element == UInt8 {
    /// Takes an integer in network byte order from the front, or returns `nil` if too few bytes are left.
    mutating func popBigEndian<Value: FixedWidthInteger>(_: Value.Type) -> Value? {
        let width = Value.bitWidth / 8
        guard self.count >= width else {
            return nil
        }
        var value: Value = 0
        for byte in self.prefix(width) {
            value = value << 8 | Value(truncatingIfNeeded: byte)
        }
        self = self.dropFirst(width)
        return value
    }
}
