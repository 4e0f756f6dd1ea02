import NIOCore
import Testing

@testable import ReverseProxy

@Suite("Sizes of readings")
struct ReadSizesTests {
    @Test(
        "follow what was read",
        arguments: [
            ([], 2_048), ([2_048], 4_096), ([2_047], 2_048), ([1_024], 2_048), ([1_024, 1_024], 1_024),
            ([1_024, 1_025, 1_024], 2_048), ([2_048, 4_096, 8_192, 16_384, 32_768, 65_536], 65_536),
            (Array(repeating: 1, count: 20), 256), ([1, 2_048, 1], 4_096),
        ]
    )
    func follow(_ readings: [Int], _ expected: Int) {
        var sizes = ReadSizes()
        for count in readings { _ = sizes.record(actualReadBytes: count) }
        #expect(sizes.nextBufferSize() == expected)
        #expect(sizes.buffer(allocator: ByteBufferAllocator()).capacity >= expected)
    }

    @Test("say when the next reading may be larger")
    func growth() {
        var sizes = ReadSizes()
        let isGrowing = [sizes.record(actualReadBytes: 100), sizes.record(actualReadBytes: 2_048)]
        #expect(isGrowing == [false, true])
    }

    @Test("stay within the channel, without a box on the heap")
    func inlineInExistential() {
        // An existential container holds three words.
        #expect(MemoryLayout<ReadSizes>.size <= 3 * MemoryLayout<Int>.size)
    }
}
