// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import WyomingFrames

@Suite("Wyoming's frames") struct WyomingDecoderTests {
    private func decode(_ bytes: [UInt8], by count: Int = .max) throws -> [WyomingEvent] {
        var decoder = WyomingDecoder()
        var events: [WyomingEvent] = []
        for start in stride(from: 0, to: bytes.count, by: min(count, bytes.count)) {
            decoder.append(Array(bytes[start..<min(start + min(count, bytes.count), bytes.count)]))
            while let event = try decoder.next() { events.append(event) }
        }
        return events
    }

    /// The beginning of what wyoming-piper 2.5.2 sent.
    private let recorded =
        WyomingWire.event("audio-start", WyomingWire.format())
        + WyomingWire.event("audio-chunk", WyomingWire.format(), payload: [1, 2, 10, 123, 0, 255])
        + WyomingWire.event("audio-stop", #"{"timestamp": null}"#)

    @Test("are the same however the bytes come", arguments: 1..<40)
    func portions(count: Int) throws {
        let events = try decode(recorded, by: count)
        #expect(events.map(\.type) == ["audio-start", "audio-chunk", "audio-stop"])
        #expect(events.first?.data["rate"] == .integer(22_050))
        #expect(events.dropFirst().first?.payload == [1, 2, 10, 123, 0, 255])
    }

    @Test("may have their data in the line, behind it, or in both: then what is behind it counts")
    func data() throws {
        let inLine = #"{"type":"a","data":{"x":1,"y":2},"payload_length":0}"# + "\r\n"
        let both = #"{"type":"b","data":{"x":1,"y":2},"data_length":7}"# + "\n" + #"{"x":3}"#
        let events = try decode(Array((inLine + both).utf8))
        #expect(events.map(\.data) == [["x": 1, "y": 2], ["x": 3, "y": 2]])
    }

    @Test("are written so that they can be read")
    func written() throws {
        let event = WyomingEvent("synthesize", ["text": "Grüße \"\n\\"], payload: [0, 10, 123])
        #expect(try decode(try event.bytes) == [event])
        // A line of more than 64 KiB would have the server close the connection.
        let long = try WyomingEvent("synthesize", ["text": .string(String(repeating: "x", count: 100_000))]).bytes
        #expect(try #require(long.firstIndex(of: 10)) < 100)
    }

    @Test(
        "that are malformed or too long are rejected",
        arguments: [
            "\n", "x\n", "[]\n", "null\n", "{}\n", #"{"type":1}"# + "\n", #"{"type":"a","data_length":-1}"# + "\n",
            #"{"type":"a","data_length":1048577}"# + "\n", #"{"type":"a","payload_length":1048577}"# + "\n",
            #"{"type":"a","payload_length":1e30}"# + "\n", #"{"type":"a","payload_length":"9"}"# + "\n",
            #"{"type":"a","payload_length":9223372036854775807,"data_length":9223372036854775807}"# + "\n",
            #"{"type":"a","data_length":2}"# + "\n[]", #"{"type":"a","data_length":2}"# + "\nxx",
            String(repeating: "x", count: 64 * 1024 + 1), String(repeating: "x", count: 64 * 1024 + 1) + "\n",
            String(repeating: "[", count: 60_000) + "\n",
        ])
    func malformed(text: String) {
        #expect(throws: WyomingDecoder.Malformed.self) { try decode(Array(text.utf8)) }
    }

    @Test("of the greatest lengths are taken")
    func greatest() throws {
        let payload = [UInt8](repeating: 7, count: 1024 * 1024)
        let events = try decode(WyomingWire.event("a", payload: payload), by: 65_536)
        #expect(events.first?.payload == payload)
    }

    @Test("that were damaged are rejected or read, and never more than their bytes", arguments: 0..<300)
    func fuzz(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var bytes = recorded + WyomingWire.info([("joe", "en_US")])
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8.random(in: 0x20...0x7F, using: &generator), at: index)
            default: bytes.replaceSubrange(index..<index, with: Array(#"9"#.utf8))
            }
        }
        let events = (try? decode(bytes, by: Int.random(in: 1...64, using: &generator))) ?? []
        #expect(events.reduce(0) { $0 + $1.payload.count } <= bytes.count)
    }
}
