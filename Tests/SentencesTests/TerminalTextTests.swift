// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing
import Utterance

/// What a program writes for a terminal: `ollama run … | utter say`.
@Suite struct TerminalTextTests {
    private static let esc = "\u{1B}"

    @Test(
        "Neither terminal sequences nor erased text are said",
        arguments: [
            ("Quantum computing is a fiel␛[4D␛[K\nfield of physics.", ["Quantum computing is a field of physics."]),
            (
                "␛[?25l␛[?25hThis␛[?25l␛[?25h function␛[?25l␛[?25h works.", ["This function works."]
            ),
            (
                "Thinking...\nThe user says test. I should greet.\n...done thinking.\n\nHi there!", ["Hi there!"]
            ),
            (
                "It is a long wo␛[2D␛[K\nword and anoth␛[5D␛[K\nanother one. Yes.",
                ["It is a long word and another one.", "Yes."]
            ),
            ("␛[1;31mRed␛[0m and ␛[38;5;244mgrey␛[m.", ["Red and grey."]),
            ("␛]0;ollama␇Hello. ␛]8;;http://a.example␛\\Link␛]8;;␛\\ here.", ["Hello.", "Link here."]),
            ("⠋ ␛[1G⠙ ␛[1G␛[2KHello there.", ["Hello there."]),
            ("⠋ Loading\r⠙ Loading\r␛[KDone.", ["Done."]),
            ("Loading 10%\rLoading 50%\rReady.\nGo on.", ["Ready.", "Go on."]),
            ("teh\u{8}\u{8}he cat.", ["the cat."]),
            ("Helpp\u{8} \u{8} me.", ["Help me."]),
            ("N\u{8}NA\u{8}AM\u{8}ME\u{8}E: _\u{8}u_\u{8}t.", ["NAME: ut."]),
            ("One.\r\nTwo of them are\r\nhere.", ["One.", "Two of them are here."]),
            ("你好，今天天气␛[4D␛[K很好。", ["你好，今天很好。"]),
            ("Le café est très bo␛[2D␛[K\nbon.", ["Le café est très bon."]),
            ("- First itm␛[3D␛[Kitem\n- Second", ["First item", "Second"]),
            ("Use `git stat␛[4D␛[K\nstatus` now.", ["Use git status now."]),
            ("␛(BPlain␛=.␛7", ["Plain."]),
            ("⠋\r⠙\r␛[KThinking...\nHm.\n...done thinking.\n\nHi.", ["Hi."]),
            ("Pulling\rThinking...\nHm.\n...done thinking.\nHi.", ["Hi."]),
            ("Before ␛[12", ["Before"]),
            ("Before ␛]0;no end\nAfter.", ["Before", "After."]),
            ("Hello world\u{8}\u{8}\u{8}\u{8}\u{8}W\nBye.", ["Hello World", "Bye."]),
            ("Two␛[1Cwords.", ["Two words."]),
            ("``` x\nfoo␛[3D␛[K\n```\nDone.", ["Code block.", "Done."]),
        ])
    func said(text: String, expected: [String]) {
        let text = text.replacing("␛", with: Self.esc).replacing("␇", with: "\u{7}")
        for chunk in [nil, 1, 2, 3, 7] {
            #expect(pieces(text, chunk: chunk).map(\.text) == expected, "in fragments of \(chunk ?? 0)")
        }
    }

    @Test("Offsets count what was appended, including sequences")
    func offsets() {
        let text = "\(Self.esc)[1mOne.\(Self.esc)[0m Two wo\(Self.esc)[2D\(Self.esc)[K\nwords. Three."
        var options = TextOptions()
        options.offsets = .input
        for chunk in [nil, 1, 5] {
            let found = pieces(text, chunk: chunk, options).map { piece in
                String(decoding: Array(text.utf8)[piece.source], as: UTF8.self)
            }
            #expect(found[0].hasPrefix("One.") && found.last == "Three.", "\(found)")
            #expect(found.count == 3 && found[1].hasPrefix("Two") && found[1].hasSuffix("words."), "\(found)")
        }
    }

    @Test("What was already said stays said")
    func live() {
        let now = Moment(sinceZero: .zero)
        var stream = SentenceStream(TextOptions())
        var events = stream.append("It is so. ", at: now, ahead: .zero)
        #expect(events.pieces.map(\.text) == ["It is so."])
        events += stream.append("\rNo, it isn't. Really", at: now, ahead: .zero) + stream.finish(at: now)
        #expect(events.pieces.map(\.text) == ["It is so.", "No, it isn't.", "Really"])
    }
}
