// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Pipeline
import Testing
import Utterance

@Suite("An event as JSON") struct EventTests {
    private static func json(_ kind: Event.Kind) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let event = Event(answer: "a1", sequence: 3, milliseconds: 12.345, kind: kind)
        return String(decoding: try encoder.encode(event), as: UTF8.self)
    }

    @Test(
        "is flat, in snake_case, with times in ms",
        arguments: [
            (Event.Kind.accepted, #"{"answer":"a1","event":"accepted","ms":12.3,"seq":3}"#),
            (.firstText, #"{"answer":"a1","event":"first_text","ms":12.3,"seq":3}"#),
            (.text("a\"b"), #"{"answer":"a1","event":"text","ms":12.3,"seq":3,"text":"a\"b"}"#),
            (
                .piece(index: 0, text: "Hi.", spoken: "Hi.", voice: "en-us", start: 0, end: 3),
                #"{"answer":"a1","end":3,"event":"piece","index":0,"ms":12.3,"seq":3,"spoken":"Hi.","start":0,"text":"Hi.","voice":"en-us"}"#
            ),
            (
                .synthesized(index: 1, duration: .milliseconds(1_500)),
                #"{"answer":"a1","duration_ms":1500,"event":"synthesized","index":1,"ms":12.3,"seq":3}"#
            ),
            (
                .synthesized(index: 1, duration: .seconds(1), estimatesWords: true),
                #"{"answer":"a1","duration_ms":1000,"event":"synthesized","index":1,"ms":12.3,"seq":3,"words_estimated":true}"#
            ),
            (.soundStart(index: 1), #"{"answer":"a1","event":"sound_start","index":1,"ms":12.3,"seq":3}"#),
            (
                .word(index: 1, start: 4, end: 9),
                #"{"answer":"a1","end":9,"event":"word","index":1,"ms":12.3,"seq":3,"start":4}"#
            ),
            (.heard(index: 1), #"{"answer":"a1","event":"heard","index":1,"ms":12.3,"seq":3}"#),
            (
                .signal(.thinking, spoken: "Still thinking."),
                #"{"answer":"a1","event":"signal","ms":12.3,"seq":3,"signal":"thinking","spoken":"Still thinking."}"#
            ),
            (.signalEnd(.failure), #"{"answer":"a1","event":"signal_end","ms":12.3,"seq":3,"signal":"failure"}"#),
            (
                .notice(Notice("truncated", "Cut.")),
                #"{"answer":"a1","code":"truncated","event":"notice","message":"Cut.","ms":12.3,"seq":3}"#
            ),
        ])
    func encoding(kind: Event.Kind, json: String) throws {
        #expect(try Self.json(kind) == json)
    }

    @Test("that is the last contains code, message, what was heard, counts and times")
    func last() throws {
        var summary = Event.Summary()
        summary.heardEnd = 5
        summary.underruns = 1
        summary.firstSound = .milliseconds(700)
        summary.add(tokens: 30, generation: .seconds(2))
        let json = try Self.json(.failed(Fault(.modelStalled, "Silent."), summary))
        for part in [
            #""event":"failed""#, #""code":"model_stalled""#, #""message":"Silent.""#, #""heard_end":5"#,
            #""underruns":1"#, #""starvations":0"#, #""first_sound_ms":700"#, #""tokens_per_second":15"#,
        ] {
            #expect(json.contains(part), "\(part) in \(json)")
        }
    }

    private static let summary: Event.Summary = {
        var summary = Event.Summary()
        summary.heardEnd = 5
        summary.isSilent = true
        summary.pieces = 2
        summary.textBytes = 9
        summary.underruns = 1
        summary.starvations = 3
        summary.firstText = .milliseconds(120)
        summary.firstSound = .microseconds(150_300)
        summary.sound = .milliseconds(2_400)
        summary.total = .milliseconds(2_900)
        summary.add(tokens: 30, generation: .seconds(2))
        return summary
    }()

    /// One of each kind.
    private static let kinds: [Event.Kind] = [
        .accepted, .thinking, .firstText, .text("天空 \"is\"\n"),
        .piece(index: 1, text: "**Hi**.", spoken: "Hi.", voice: "en-us", start: 2, end: 7),
        .synthesized(index: 1, duration: .microseconds(1_234_500)),
        .synthesized(index: 2, duration: .seconds(1), estimatesWords: true), .soundStart(index: 1),
        .word(index: 1, start: 4, end: 9), .heard(index: 1),
        .signal(.failure, spoken: ""), .signalEnd(.thinking), .discard, .underrun, .paused, .resumed,
        .notice(Notice("truncated", "Cut.")), .finished(summary), .stopped(Event.Summary()),
        .failed(Fault(.modelStalled, "Silent."), summary),
    ]

    @Test("is decoded as it was encoded", arguments: kinds)
    func roundTrip(kind: Event.Kind) throws {
        let event = Event(answer: "a1", sequence: 3, milliseconds: 12.3, kind: kind)
        #expect(try JSONDecoder().decode(Event.self, from: JSONEncoder().encode(event)) == event)
    }

    @Test("can have each name, and each can be decoded")
    func names() {
        #expect(Set(Self.kinds.map(\.name)) == Set(Event.Name.allCases))
    }

    @Test(
        "that can't be decoded says why",
        arguments: [
            (#"{"answer":"a1","event":"sung","ms":1,"seq":0}"#, "sung"),
            (#"{"answer":"a1","event":"heard","ms":1,"seq":0}"#, "index"),
            (#"{"answer":"a1","duration_ms":1e300,"event":"synthesized","index":0,"ms":1,"seq":0}"#, "out of range"),
            (#"{"ms":1,"seq":0}"#, "answer"),
        ])
    func unknown(json: String, reason: String) throws {
        let error = try #require(throws: DecodingError.self) {
            try JSONDecoder().decode(Event.self, from: Data(json.utf8))
        }
        #expect("\(error)".contains(reason))
    }
}
