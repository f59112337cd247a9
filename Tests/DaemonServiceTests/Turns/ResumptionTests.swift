// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import FoundationEssentials
import LanguageModel
import Pipeline
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import DaemonService

@Suite("An answer that the end of the daemon cut", .timeLimit(.minutes(10)))
struct ResumptionTests {
    private static let text = "One is first. Two is second. Three is last."
    private static let request = AskRequest(prompt: "Count", session: "talk")

    /// As it was saved after each change.
    private final class Saved: Sendable {
        private let states = Mutex<[[UnfinishedAnswer]]>([])

        var all: [[UnfinishedAnswer]] { states.withLock { $0 } }
        var last: [UnfinishedAnswer] { all.last ?? [] }

        var persistence: SchedulerPersistence {
            var persistence = SchedulerPersistence()
            persistence.saveUnfinished = { answers in
                // What a crash leaves is what the file holds.
                let read = (try? JSON.encode(answers)).flatMap {
                    try? JSONDecoder().decode([UnfinishedAnswer].self, from: Data($0))
                }
                self.states.withLock { $0.append(read ?? []) }
            }
            return persistence
        }
    }

    /// - Returns: the pieces that were spoken, the session's exchanges, and what was told.
    private func resume(
        _ answers: [UnfinishedAnswer], saved: Saved = Saved(), at wall: Double = WallTime.now,
        model: @escaping Stage.Model = { _, _, deliver in try await deliver(.text("Asked again.")) }
    ) async throws -> (pieces: [String], exchanges: [Conversation.Exchange], codes: [String]) {
        let result = Mutex<(pieces: [String], exchanges: [Conversation.Exchange], codes: [String])>(([], [], []))
        try await Stage.with(persistence: saved.persistence, model: model) { stage in
            let notices = await stage.scheduler.resume(answers, at: wall)
            try await stage.untilEnded(notices.count { $0.code == "answer_resumed" })
            let exchanges = await stage.scheduler.session(named: "talk")?.conversation.exchanges ?? []
            let pieces = try await stage.pieces()
            result.withLock { $0 = (pieces, exchanges, notices.map(\.code)) }
        }
        return result.withLock { $0 }
    }

    /// The file's content at each moment of an answer that is heard in full.
    private func states() async throws -> [[UnfinishedAnswer]] {
        let saved = Saved()
        try await Stage.with(
            persistence: saved.persistence,
            model: { _, _, deliver in
                for word in Self.text.split(separator: " ") { try await deliver(.text("\(word) ")) }
            }
        ) { stage in
            _ = try await stage.scheduler.ask(Self.request).result.value()
        }
        #expect(saved.last.isEmpty)
        return saved.all.filter { !$0.isEmpty }
    }

    @Test("goes on at the sentence that was cut, whenever that happens; nothing is said twice, and nothing is lost")
    func everyMoment() async throws {
        let states = try await states()
        #expect(states.count > 6)
        for state in states {
            let answer = try #require(state.first)
            let resumed = try await resume(state)
            if answer.text.isEmpty {
                #expect(resumed.pieces == ["Asked again."])
                continue
            }
            // What was heard and what is said now are the whole text as far as it had come.
            let spoken = resumed.pieces.joined(separator: " ")
            #expect(spoken == answer.unheard.trimmed)
            if answer.isWhole {
                #expect((answer.heard + answer.unheard).trimmed == Self.text)
                #expect(resumed.exchanges.map(\.answer.trimmed) == [Self.text])
            }
        }
    }

    @Test("whose text had not come in full ends with a fault after what had arrived")
    func incomplete() async throws {
        var answer = UnfinishedAnswer(Self.request, at: WallTime.now)
        _ = answer.note(.text("One is first. Two"))
        let saved = Saved()
        let resumed = try await resume([answer], saved: saved)
        #expect(resumed.codes == ["answer_resumed"])
        #expect(resumed.pieces.prefix(2) == ["One is first.", "Two"])
        #expect(saved.last.isEmpty)
        #expect(resumed.exchanges.first?.isInterrupted == true)
    }

    @Test("is not said unasked when it is too old, or ended the daemon several times; its conversation keeps it")
    func givenUp() async throws {
        var answer = UnfinishedAnswer(Self.request, at: 1_000)
        _ = answer.note(.text(Self.text))
        _ = answer.note(.piece(index: 0, text: "", spoken: "", voice: "", start: 0, end: 13))
        _ = answer.note(.heard(index: 0))
        let saved = Saved()
        let old = try await resume([answer], saved: saved, at: 1_000 + 16 * 60)
        #expect(old.codes == ["answer_lost"])
        // Else the next start would add it to its conversation again.
        #expect(saved.all == [[]])
        #expect(old.pieces == [])
        #expect(old.exchanges.map(\.answer) == ["One is first."])
        #expect(old.exchanges.first?.unheard == " Two is second. Three is last.")
        for _ in 0..<3 { answer = UnfinishedAnswer(resuming: answer) }
        _ = answer.note(.text("Two is second."))
        #expect(try await resume([answer], at: 1_000).codes == ["answer_lost"])
    }

    @Test("stays in the journal until its turn comes, and is there once")
    func several() async throws {
        let answers = ["first", "second", "third"].map { name in
            UnfinishedAnswer(AskRequest(prompt: name, session: "talk"), at: WallTime.now)
        }
        let saved = Saved()
        _ = try await resume(answers, saved: saved)
        let states = saved.all.map { $0.compactMap(\.request?.prompt).sorted() }
        let ongoing = states.prefix { $0.count == 3 }
        #expect(ongoing.count >= 3)
        #expect(ongoing.allSatisfy { $0 == ["first", "second", "third"] })
    }

    @Test(
        "that no daemon writes is reported, not resumed",
        arguments: [#""heard_end":-1"#, #""heard_end":99"#, #""start":-1"#, #""start":9223372036854775807"#])
    func damaged(_ field: String) async throws {
        var answer = UnfinishedAnswer(Self.request, at: WallTime.now)
        _ = answer.note(.text(Self.text))
        let written = String(decoding: try JSON.encode(answer), as: UTF8.self)
        let key = field.prefix { $0 != ":" }
        #expect(written.contains("\(key):0"))
        let damaged = written.replacing("\(key):0", with: field)
        let read = try JSONDecoder().decode(UnfinishedAnswer.self, from: Data(damaged.utf8))
        #expect(try await resume([read]).codes == ["answer_lost"])
    }

    @Test("is kept anew after reasoning that was longer than what is kept")
    func longReasoning() {
        var answer = UnfinishedAnswer(Self.request, at: 0)
        _ = answer.note(.text(String(repeating: "a", count: 70_000)))
        _ = answer.note(.discard)
        _ = answer.note(.text("Yes."))
        _ = answer.note(.piece(index: 0, text: "", spoken: "", voice: "", start: 70_000, end: 70_004))
        _ = answer.note(.heard(index: 0))
        answer.complete(length: 70_004)
        #expect(answer.heard == "Yes." && answer.isWhole)
    }

    @Test("is kept without its reasoning, and up to 64 KiB")
    func bounds() {
        var answer = UnfinishedAnswer(Self.request, at: 0)
        _ = answer.note(.text("Let me think."))
        _ = answer.note(.discard)
        _ = answer.note(.text("Yes. "))
        _ = answer.note(.piece(index: 1, text: "", spoken: "", voice: "", start: 13, end: 17))
        let isSaved = answer.note(.heard(index: 1))
        #expect(isSaved)
        #expect(answer.heard == "Yes.")
        _ = answer.note(.text(String(repeating: "a", count: 70_000)))
        _ = answer.note(.text("b"))
        answer.complete(length: 70_000)
        #expect(answer.text == "Yes. " && !answer.isWhole)
    }

    @Test("is not kept of a silent request, nor of one without a conversation")
    func notKept() async throws {
        let saved = Saved()
        try await Stage.with(persistence: saved.persistence) { stage in
            _ = try await stage.scheduler.ask(
                AskRequest(prompt: "Hello.", delivery: Delivery(speaks: false))
            ).result.value()
            let say: Answer.Source = { deliver in
                try await deliver(.text("Hello."))
                return nil
            }
            _ = try await stage.scheduler.say(say, preview: "", delivery: Delivery()).result.value()
        }
        #expect(saved.all.isEmpty)
    }
}

private enum WallTime {
    static var now: Double { Date.now.timeIntervalSince1970 }
}

extension Stage {
    /// Waits until this many answers have ended.
    fileprivate func untilEnded(_ count: Int) async throws {
        var position = EventHub.Position(number: 0)
        var ended = 0
        while ended < count {
            let entries = try await hub.next(after: position)?.entries ?? []
            ended += entries.count(where: \.isLast)
            position = entries.last?.position ?? position
        }
    }

    /// The texts of all pieces so far.
    fileprivate func pieces() async throws -> [String] {
        struct Piece: Decodable { var text: String }
        guard hub.position.number > 0 else { return [] }
        return try await (hub.next(after: .init(number: 0), atMost: .max)?.entries ?? [])
            .filter { $0.name == "piece" }.map { try JSONDecoder().decode(Piece.self, from: Data($0.json)).text }
    }
}
