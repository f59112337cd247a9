// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing
import Utterance

/// A listener: text arrives at a steady pace; pieces are heard at once and take their time.
private struct Listening {
    struct Heard {
        var text: String
        /// When the piece was passed on, in seconds.
        var at: Double
        /// How much sound was ahead then, in seconds.
        var ahead: Double
    }

    private var stream: SentenceStream
    private var now = 0.0
    private var soundEnd = 0.0
    private(set) var heard: [Heard] = []

    init(_ options: TextOptions = TextOptions()) {
        stream = SentenceStream(options)
    }

    private var moment: Moment { Moment(sinceZero: .seconds(now)) }
    private var ahead: Duration { .seconds(max(0, soundEnd - now)) }

    /// Text arrives at `time`; before that, the stream is polled when it asks to be.
    mutating func text(_ fragment: String, at time: Double) {
        wait(until: time)
        hear(stream.append(fragment, at: moment, ahead: ahead))
    }

    mutating func wait(until time: Double) {
        while let wake = stream.wakeAt?.sinceZero.inSeconds, wake <= time {
            now = max(now, wake)
            let before = heard.count
            hear(stream.poll(at: moment, ahead: ahead))
            if heard.count == before, stream.wakeAt.map({ $0.sinceZero.inSeconds <= now }) ?? true { break }
        }
        now = max(now, time)
    }

    mutating func finish() {
        hear(stream.finish(at: moment))
    }

    private mutating func hear(_ events: [SentenceEvent]) {
        for piece in events.pieces {
            heard.append(Heard(text: piece.text, at: now, ahead: max(0, soundEnd - now)))
            soundEnd = max(soundEnd, now) + Double(piece.text.unicodeScalars.count) / 15
        }
    }

    /// All of `text` in tokens of four characters, `rate` per second.
    static func of(_ text: String, tokensPerSecond rate: Double, _ options: TextOptions = TextOptions()) -> [Heard] {
        var listening = Listening(options)
        for (index, token) in text.fragments(of: 4).enumerated() {
            listening.text(token, at: Double(index + 1) / rate)
        }
        listening.finish()
        return listening.heard
    }
}

private let story = """
    The James Webb Space Telescope, launched in December 2021, is the largest optical telescope in space, and its \
    high resolution lets it view objects too old, distant, or faint for the Hubble telescope. It was named after James \
    Webb. He was the administrator of the agency from 1961 to 1968, during the Mercury, Gemini, and Apollo programs.
    """

@Suite struct PacingTests {
    @Test("A short opener is passed on at its terminator")
    func shortOpener() {
        var listening = Listening()
        listening.text("Sure", at: 0.1)
        #expect(listening.heard.isEmpty)
        listening.text("!", at: 0.2)
        #expect(listening.heard.map(\.text) == ["Sure!"])
        listening.text(" The capital of France is Paris.", at: 0.3)
        listening.finish()
        #expect(listening.heard.map(\.text) == ["Sure!", "The capital of France is Paris."])
    }

    @Test("The closing marks of a sentence that was already passed on are dropped")
    func lateClosers() {
        var listening = Listening()
        listening.text("**\"Sure!", at: 0.1)
        listening.text("\"** Then \"go\" on.", at: 0.2)
        listening.finish()
        #expect(listening.heard.map(\.text) == ["\"Sure!", "Then \"go\" on."])
    }

    @Test("A file name is not torn apart if the text stops inside it for now")
    func fileName() {
        var listening = Listening()
        for (index, token) in ["Open", " config", ".", "json", " now", ".", " Then", " go"].enumerated() {
            listening.text(token, at: Double(index) / 20)
        }
        #expect(listening.heard.map(\.text) == ["Open config.json now."])
    }

    @Test("A mark after a space ends a French sentence at once", arguments: [" ", "\u{A0}", "\u{202F}"])
    func frenchMark(blank: String) {
        var listening = Listening(TextOptions(language: "fr"))
        listening.text("Bonjour\(blank)!", at: 0.1)
        #expect(listening.heard.map(\.text) == ["Bonjour !"])
    }

    @Test("A French quotation mark that comes late is dropped along with its space")
    func lateGuillemet() {
        var listening = Listening(TextOptions(language: "fr"))
        listening.text("« Bonjour\u{202F}!", at: 0.1)
        listening.text("\u{A0}»", at: 0.2)
        listening.text(" Il sort.", at: 0.3)
        listening.finish()
        #expect(listening.heard.map(\.text) == ["« Bonjour !", "Il sort."])
    }

    @Test("A piece knows that it begins a paragraph even if the one before was passed on without that")
    func paragraph() {
        var stream = SentenceStream(TextOptions())
        let start = Moment(sinceZero: .zero)
        let tokens = ["Sure", "!", "\n\n", "Here", " you", " are", ".", " Bye", "."]
        let pieces = tokens.flatMap { stream.append($0, at: start, ahead: .zero).pieces }
        #expect(pieces.first?.boundary == .sentence)
        #expect(pieces.map(\.opensParagraph).prefix(2) == [false, true])
    }

    @Test("A long first sentence begins at its first good clause")
    func firstClause() {
        let heard = Listening.of(story, tokensPerSecond: 15)
        #expect(heard.first?.text == "The James Webb Space Telescope,")
        #expect(heard.first.map { $0.at < 0.6 } ?? false)
    }

    @Test("A Chinese sentence begins at its first clause of six characters")
    func chineseClause() {
        let heard = Listening.of(
            "天空之所以是蓝色的，是因为大气散射了阳光。", tokensPerSecond: 15, TextOptions(language: "zh"))
        #expect(heard.map(\.text) == ["天空之所以是蓝色的，", "是因为大气散射了阳光。"])
    }

    @Test(
        "No clause is cut while sound is ahead, and no gap opens while the model is faster than speech",
        arguments: [8.0, 15, 60])
    func noGap(rate: Double) {
        let heard = Listening.of(story, tokensPerSecond: rate)
        for piece in heard.dropFirst() {
            #expect(piece.ahead > 0, "a gap before \(piece.text)")
            if piece.text.hasSuffix(",") { #expect(piece.ahead <= 0.5, "cut too early: \(piece.text)") }
        }
        #expect(heard.map(\.text).joined(separator: " ") == story)
    }

    @Test("A slow model makes phrases, not single words")
    func slowModel() {
        let heard = Listening.of(story, tokensPerSecond: 2)
        #expect(heard.map(\.text).joined(separator: " ") == story)
        for piece in heard {
            #expect(piece.text.split(separator: " ").count >= 3 || piece.text.hasSuffix("."), "\(piece.text)")
        }
    }

    @Test("Text that arrives all at once comes in whole sentences")
    func allAtOnce() {
        var listening = Listening()
        listening.text(story, at: 1)
        listening.finish()
        #expect(listening.heard.count == 3)
        #expect(listening.heard.allSatisfy { $0.text.hasSuffix(".") && $0.at == 1 })
    }

    @Test(
        "No sentence is assumed to end after a digit, an initial, an abbreviation or a marker",
        arguments: [
            "It costs 3.", "He met Dr.", "It was J.", "In the U.S.", "1.", "See No.", "Wait...", "Open config.",
            "Edit README.", "Use Node.", "It is in ContentView.",
        ])
    func unlikelyEnds(text: String) {
        var listening = Listening()
        listening.text(text, at: 1)
        listening.wait(until: 1.2)
        #expect(listening.heard.isEmpty)
    }

    @Test("A run-on sentence is cut at a word before its end is in sight")
    func runOn() throws {
        let text = String(repeating: "and then he went ", count: 20)
        let heard = Listening.of(text, tokensPerSecond: 20)
        let first = try #require(heard.first)
        #expect(first.at < 8)
        #expect((12...32).contains(first.text.split(separator: " ").count))
        #expect(heard.allSatisfy { !$0.text.hasSuffix("wen") && !$0.text.hasSuffix("the ") })
        #expect(heard.map(\.text).joined(separator: " ") + " " == text)
    }

    @Test("A stalled stream is said up to its last whole word")
    func stall() {
        var listening = Listening()
        listening.text("Sorry, did you mean which swim", at: 0.5)
        listening.wait(until: 1.4)
        #expect(listening.heard.isEmpty)
        listening.wait(until: 6)
        #expect(listening.heard.map(\.text) == ["Sorry, did you mean which"])
        listening.text("ming pool?", at: 6.5)
        listening.finish()
        #expect(listening.heard.map(\.text) == ["Sorry, did you mean which", "swimming pool?"])
    }

    @Test("One or two words wait longer")
    func shortStall() {
        var listening = Listening()
        listening.text("I think", at: 0)
        listening.wait(until: 3)
        #expect(listening.heard.isEmpty)
        listening.wait(until: 6)
        #expect(listening.heard.map(\.text) == ["I"])
    }

    @Test("Time and sound change nothing for output that is not live")
    func notLive() {
        var stream = SentenceStream(TextOptions())
        var events: [SentenceEvent] = []
        for (index, token) in story.fragments(of: 4).enumerated() {
            events += stream.append(token, at: Moment(sinceZero: .seconds(index * 10)), ahead: nil)
            #expect(stream.wakeAt == nil)
        }
        events += stream.finish(at: Moment(sinceZero: .seconds(9_999)))
        #expect(events.pieces.count == 3)
    }
}
