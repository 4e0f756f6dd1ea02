/// A value that is a list with commas (RFC 9110, 5.6.1).
enum ListValue {
    /// Calls a closure with each element that is not empty, without the white space around it.
    static func forEachElement(of value: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        var start = 0
        while start <= value.count {
            var end = start
            while end < value.count, value[end] != UInt8(ascii: ",") { end += 1 }
            var first = start
            var last = end
            while first < last, ByteClass.isSpace(value[first]) { first += 1 }
            while last > first, ByteClass.isSpace(value[last - 1]) { last -= 1 }
            if first < last { body(UnsafeRawBufferPointer(rebasing: value[first..<last])) }
            start = end + 1
        }
    }
}
