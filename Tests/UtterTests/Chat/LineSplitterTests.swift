// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import utter

@Suite struct LineSplitterTests {
    @Test("Lines are found however the bytes are split; the last needs no end", arguments: [1, 2, 3, 100])
    func lines(size: Int) throws {
        let bytes = Array("one\r\ntwo 天空\n\nlast".utf8)
        var splitter = LineSplitter()
        var lines: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            try splitter.append(Array(bytes[start..<min(start + size, bytes.count)]))
            while let line = splitter.next() { lines.append(line) }
        }
        try splitter.finish()
        while let line = splitter.next() { lines.append(line) }
        #expect(lines.filter { !$0.isEmpty } == ["one", "two 天空", "last"])
        #expect(splitter.isFinished)
    }

    @Test("What is not UTF-8 is a fault")
    func invalid() {
        var splitter = LineSplitter()
        let fault = #expect(throws: Fault.self) { try splitter.append([0xFF, 0x0A]) }
        #expect(fault?.code == .inputInvalid)
    }
}
