// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import Pipeline
import TestSupport
import Testing
import Utterance

@Suite("The hub of events", .timeLimit(.minutes(10)))
struct EventHubTests {
    private static func text(_ text: String, answer: String = "a") -> DeviceEvent {
        .answer(Event(answer: answer, sequence: 0, milliseconds: 0, kind: .text(text)))
    }

    private static func numbers(_ batch: EventHub.Batch?) -> [Int] {
        (batch?.entries ?? []).map(\.position.number)
    }

    @Test("numbers events from 1, and gives a reader those after its place")
    func places() async throws {
        let hub = EventHub()
        for text in ["one", "two", "three"] { hub.publish(Self.text(text)) }
        #expect(hub.position.number == 3)
        #expect(hub.oldest.number == 0)
        #expect(Self.numbers(try await hub.next(after: .init(number: 0))) == [1, 2, 3])
        #expect(Self.numbers(try await hub.next(after: .init(number: 2))) == [3])
        #expect(Self.numbers(try await hub.next(after: .init(number: 0), atMost: 2)) == [1, 2])
    }

    @Test("tells a reader that was too slow how much it has missed")
    func missed() async throws {
        let hub = EventHub(eventLimit: 10)
        for index in 0..<25 { hub.publish(Self.text("\(index)")) }
        let batch = try #require(try await hub.next(after: .init(number: 3)))
        #expect(batch.missed == 12)
        #expect(Self.numbers(batch) == Array(16...25))
        #expect(hub.oldest.number == 15)
        #expect(try await hub.next(after: .init(number: 15))?.missed == 0)
    }

    @Test("keeps no more bytes than it may, but always the last event")
    func bytes() async throws {
        let hub = EventHub(byteLimit: 1000)
        for _ in 0..<100 { hub.publish(Self.text(String(repeating: "x", count: 100))) }
        let kept = try #require(try await hub.next(after: .init(number: 0))).entries
        #expect(kept.map(\.json.count).reduce(0, +) <= 1000 && !kept.isEmpty)
        hub.publish(Self.text(String(repeating: "y", count: 5000)))
        #expect(Self.numbers(try await hub.next(after: .init(number: 0))) == [101])
    }

    @Test("gives 200 readers every event, in order")
    func manyReaders() async throws {
        let hub = EventHub()
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<200 {
                group.addTask {
                    var seen: [Int] = []
                    while seen.count < 100 {
                        seen += Self.numbers(try await hub.next(after: .init(number: seen.last ?? 0)))
                    }
                    return seen
                }
            }
            for index in 0..<100 { hub.publish(Self.text("\(index)")) }
            for try await seen in group { #expect(seen == Array(1...100)) }
        }
    }

    @Test("lets go of a reader that is cancelled")
    func cancelling() async throws {
        let hub = EventHub()
        let reader = Task { try await hub.next(after: hub.position) }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
    }

    @Test("asks for signs of life while there are readers, and sleeps while there are none")
    func beats() async throws {
        let hub = EventHub()
        let clock = ManualClock()
        try await withThrowingTaskGroup { group in
            group.addTask { await hub.sendHeartbeats(every: .seconds(15), clock: clock) }
            try await hub.reading {
                await clock.sleepers(1)
                async let batch = hub.next(after: hub.position)
                // It may not be waiting yet, and would then miss this beat for the next one.
                let beating = Task { await clock.pass() }
                let sign = try await batch
                #expect(sign?.missed == nil)
                beating.cancel()
            }
            group.cancelAll()
        }
        #expect(hub.readers == 0)
    }

    @Test("writes every event as a flat object with its name")
    func json() async throws {
        let hub = EventHub()
        hub.publish(.queued(.init(answer: "a", session: nil, prompt: "Why?", priority: .normal, ahead: 1)))
        hub.publish(.controls(Controls()))
        hub.publish(Self.text("„/\n“"))
        let entries = try #require(try await hub.next(after: .init(number: 0))).entries
        #expect(
            entries.map { String(decoding: $0.json, as: UTF8.self) } == [
                #"{"ahead":1,"answer":"a","event":"queued","priority":"normal","prompt":"Why?"}"#,
                #"{"event":"controls","muted":false}"#,
                #"{"answer":"a","event":"text","ms":0,"seq":0,"text":"„/\n“"}"#,
            ])
        #expect(entries.map(\.name) == ["queued", "controls", "text"])
        #expect(entries.map(\.answer) == ["a", nil, "a"])
    }

    @Test("tells of a lull once, when answers have ended and readers have gone and no more of them do")
    func lulls() async throws {
        let (hub, clock, lulls) = (EventHub(), ManualClock(), Watched(0))
        let last = DeviceEvent.answer(
            Event(answer: "a", sequence: 0, milliseconds: 0, kind: .finished(Event.Summary())))
        try await withThrowingTaskGroup { group in
            group.addTask { await hub.whenIdle(for: .seconds(3), clock: clock) { lulls.change { $0 += 1 } } }
            // Text is no end.
            hub.publish(Self.text("Hello."))
            hub.publish(last)
            await clock.sleepers(1)
            clock.advance(by: .seconds(2))
            hub.publish(last)
            clock.advance(by: .seconds(1))
            // The second end began another.
            await clock.sleepers(1)
            #expect(lulls.current == 0)
            clock.advance(by: .seconds(3))
            try await lulls.wait { $0 == 1 ? () : nil }
            await hub.reading {}
            await clock.sleepers(1)
            clock.advance(by: .seconds(3))
            try await lulls.wait { $0 == 2 ? () : nil }
            group.cancelAll()
        }
        #expect(lulls.current == 2)
    }
}
