// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

struct PieceTests {
    @Test func `What is spoken is the runs, one after another`() {
        let piece = Piece(
            index: 0, kind: .sentence, text: "Say 你好 now.",
            runs: [
                SpokenRun(language: "en", text: "Say "),
                SpokenRun(language: "zh", text: "你好"),
                SpokenRun(language: "en", text: " now."),
            ],
            boundary: .sentence, source: 0..<15,
            alignment: Alignment(anchors: [.init(spoken: 0, source: 0), .init(spoken: 15, source: 15)]))
        #expect(piece.spoken == "Say 你好 now.")
    }
}
