// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import ServiceClient

@Suite("The daemon's events")
struct EventReaderTests {
    private typealias Message = EventReader.Message

    private static let stream =
        ": heartbeat\n\nid: 1\nevent: text\ndata: {\"a\":1}\n\r\ndata:x\ndata: y\n\nretry: 1000\nevent: heard\n\ndata\n\nevent: cut"

    @Test("are read the same however the bytes are cut", arguments: [1, 2, 3, 7, 1_000])
    func chunks(count: Int) throws {
        let bytes = Array(Self.stream.utf8)
        var reader = EventReader()
        var messages: [Message] = []
        for start in stride(from: 0, to: bytes.count, by: count) {
            messages += try reader.read(bytes[start..<min(start + count, bytes.count)])
        }
        #expect(
            messages == [
                Message(name: "text", data: Array(#"{"a":1}"#.utf8)), Message(data: Array("x\ny".utf8)), Message(),
            ])
    }

    @Test("have an end, or are none of the daemon's")
    func endless() {
        var reader = EventReader()
        #expect(throws: EventReader.TooLong.self) {
            while true { _ = try reader.read(Array(repeating: UInt8(ascii: "x"), count: 1 << 20)) }
        }
    }
}
