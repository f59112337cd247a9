// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Pipeline
import Testing
import Utterance

@testable import DaemonAPI

@Suite("What daemon and client send each other")
struct WireTests {
    @Test(
        "is an event that is read back as it was written, through the stream that carries it, however that is cut",
        arguments: [
            .queued(.init(answer: "a", session: nil, prompt: "Why?\n天", priority: .important, ahead: 2)),
            .answer(Event(answer: "a", sequence: 1, milliseconds: 2.5, kind: .text("天空 \"is\"\n"))),
            .controls(Controls()), .missed(.init(count: 3)), .other("sung"),
        ] as [DeviceEvent], [1, 7, 1_000])
    func events(event: DeviceEvent, count: Int) throws {
        let bytes = ServerSentEvent.bytes(id: "1-2", name: event.name, data: event.json)
        var reader = SSEReader(limit: 1_000)
        var read: [ServerSentEvent] = []
        for start in stride(from: 0, to: bytes.count, by: count) {
            try reader.read(Array(bytes[start..<min(start + count, bytes.count)])) { read.append($0) }
        }
        try #require(read.count == 1)
        #expect(try DeviceEvent(name: read[0].name, json: read[0].data) == event)
    }

    @Test(
        "is a request that is read as it was meant",
        arguments: [
            AskRequest(prompt: "Why?"),
            AskRequest(
                prompt: "Why?", session: "kitchen", persona: "story", model: "tiny", variables: ["topic": "rivers"],
                options: ["temperature": 0.5],
                delivery: Delivery(policy: .reject, priority: .progress, voice: "de", rate: 200, speaks: false)),
            AskRequest(prompt: "Why?", delivery: Delivery(isDetached: true)),
        ])
    func requests(ask: AskRequest) throws {
        var fields = try RequestFields(parsing: Array(JSONEncoder().encode(ask.json)))
        #expect(try AskRequest(&fields, limit: 100) == ask)
        // A text that streams has its delivery in the query.
        var query = try RequestFields(query: String(ask.delivery.query.dropFirst()))
        #expect(try Delivery(&query) == ask.delivery)
    }

    @Test("is a status whose absent values are null, or left out by another version")
    func status() throws {
        let status = DaemonStatus(
            speaking: nil, paused: false, waiting: ["b"], suspended: [], controls: Controls(), configured: nil,
            sessions: 1, model: "tiny", modelServer: nil, speaker: nil, missing: nil, version: "1", uptime: 5,
            finished: 1, stopped: 2, failed: 3)
        let json = String(decoding: try JSONEncoder().encode(status), as: UTF8.self)
        #expect(json.contains(#""missing_code":null"#))
        #expect(json.contains(#""speaking":null"#) && json.contains(#""configured":null"#))
        #expect(try JSONDecoder().decode(DaemonStatus.self, from: Data(json.utf8)) == status)
        let older = json.replacing(#""configured":null,"#, with: "").replacing(#","configured":null"#, with: "")
        #expect(try JSONDecoder().decode(DaemonStatus.self, from: Data(older.utf8)) == status)
    }
}
