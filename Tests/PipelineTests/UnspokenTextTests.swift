// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Sentences
import Speech
import Testing
import Utterance

@testable import Pipeline

@Suite("Text that is not spoken") struct UnspokenTextTests {
    @Test("leaves nothing behind in the journal: its pieces wait for no listener")
    func journal() async throws {
        let clock = MonotonicClock()
        let journal = Journal(answer: "test", clock: clock) { _ in }
        let synthesizer = try await Synthesizer.start(Spoken.voice)
        let output = OutputStage(
            output: FakeOutput(), fallback: nil, format: synthesizer.format, floor: Floor(.silent), journal: journal)
        let queue = PieceQueue(
            capacity: 10_000, estimate: { _ in .seconds(1) }, isUnheard: { [journal] in journal.isUnheard($0) })
        let pieces = (0..<5).map { index in
            Piece(
                index: index, kind: .sentence, text: "One.", runs: [SpokenRun(language: "en", text: "One.")],
                boundary: .sentence, source: 0..<4, alignment: Alignment(anchors: []))
        }
        for piece in pieces {
            journal.add(piece, voice: "en")
            try await queue.send(piece)
        }
        queue.finish()
        output.opensForAnswer()
        let stage = SpeechStage(
            parameters: AnswerParameters(text: TextOptions(), voice: Spoken.voice), pieces: queue, output: output,
            synthesizer: synthesizer, journal: journal)
        #expect(pieces.allSatisfy(journal.isUnheard))
        #expect(try await stage.run() == nil)
        #expect(!pieces.contains(where: journal.isUnheard))
    }
}
