// SPDX-License-Identifier: GPL-3.0-or-later
import Host
import Testing

@Suite("Memory")
struct MemoryTests {
    @Test("that is free between blocks in use is returned to the system")
    func givingBack() throws {
        // 64 MB, of which every 16th block is kept.
        var blocks: [[UInt8]?] = (0..<8192).map { _ in [UInt8](repeating: 1, count: 8000) }
        for index in blocks.indices where index % 16 != 15 { blocks[index] = nil }
        let before = try #require(ProcessFigures.current()).residentBytes
        Memory.giveBack()
        let after = try #require(ProcessFigures.current()).residentBytes
        #expect(before - after > 40_000_000)
        #expect(blocks.count { $0 != nil } == 512)
    }
}
