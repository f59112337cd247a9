// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The sound of a piece while eSpeak NG makes it: trims each run, joins the runs, and places the words.
final class PieceSound: ESpeakSound {
    /// Takes samples and the words that begin in them; `false` ends the synthesis.
    typealias Sink = (Span<Int16>, [WordMark]) -> Bool

    /// The pause between two runs of a piece, in place of the silence that the voices leave around them. It is as short
    /// as between words, since the sentence goes on.
    static let gapBetweenRuns = Duration.milliseconds(40)

    /// Frames passed to the sink.
    private(set) var frames = 0
    /// Where the last word that was passed to the sink ends, in UTF-8 bytes of the piece.
    private(set) var lastWordEnd = 0
    /// Whether the sink took everything and the task was not cancelled.
    private(set) var isWanted = true

    private let sink: Sink
    private let gap: [Int16]
    private var trimmer = SilenceTrimmer()
    private var words = WordRanges(text: "")
    private var syllables: PinyinSyllables?
    /// Words whose sound has not been passed on yet; their frames count from the start of the run.
    private var pending: [WordMark] = []
    /// The first sound of the run: its frame in eSpeak NG's output for the run, and in the piece.
    private var firstSound: (inRun: Int, inPiece: Int)?
    /// Whether the last of ``pending`` may extend to the beginning of the next word. Its sound is held until that is
    /// known, so that no mark comes after its sound.
    private var isWordOpen = false
    private var held: (samples: [Int16], frame: Int) = ([], 0)

    init(format: PCMFormat, sink: @escaping Sink) {
        self.sink = sink
        self.gap = Array(repeating: 0, count: format.frames(in: Self.gapBetweenRuns))
    }

    /// Begins a run whose text starts at `offset` UTF-8 bytes in the piece.
    ///
    /// A word of the last run that made no sound by the run's end gets no mark.
    ///
    /// - Parameter syllables: the text for eSpeak NG, if it differs from `text`.
    func beginRun(_ text: String, at offset: Int, with syllables: PinyinSyllables? = nil) {
        self.syllables = syllables
        trimmer.reset()
        words = WordRanges(text: text, offset: offset)
        pending.removeAll(keepingCapacity: true)
        firstSound = nil
        isWordOpen = false
        held.samples = []
    }

    /// Ends the run, which was spoken completely.
    func endRun() {
        closeWord(before: nil)
        isWanted = isWanted && !Task.isCancelled && giveHeld()
    }

    func receive(_ event: WordEvent) {
        let event = syllables?.original(event) ?? event
        if words.isNew(event) { closeWord(before: event) }
        guard let range = words.range(of: event) else { return }
        pending.append(WordMark(frame: event.frame, spoken: range))
        isWordOpen = words.endsInIdeograph
    }

    private func closeWord(before event: WordEvent?) {
        guard isWordOpen, let last = pending.indices.last else { return }
        let end = words.extendWord(before: event)
        pending[last].spoken = pending[last].spoken.lowerBound..<max(end, pending[last].spoken.upperBound)
        isWordOpen = false
    }

    /// - Returns: whether more is wanted.
    func receive(_ samples: Span<Int16>) -> Bool {
        isWanted = isWanted && !Task.isCancelled && trimmer.append(samples) { hold($0, at: $1) }
        return isWanted
    }

    /// Passes the samples on, unless a word begins in them whose end isn't known yet.
    private func hold(_ samples: Span<Int16>, at frame: Int) -> Bool {
        guard isWordOpen, let word = pending.last, word.frame < frame + samples.count else {
            return giveHeld() && give(samples, at: frame)
        }
        if held.frame + held.samples.count <= word.frame, !giveHeld() { return false }
        if held.samples.isEmpty { held.frame = frame }
        for index in samples.indices { held.samples.append(samples[index]) }
        return true
    }

    private func giveHeld() -> Bool {
        guard !held.samples.isEmpty else { return true }
        let samples = held.samples
        held.samples.removeAll(keepingCapacity: true)
        return give(samples.span, at: held.frame)
    }

    private func give(_ samples: Span<Int16>, at frame: Int) -> Bool {
        if firstSound == nil {
            if frames > 0 {
                let gap = gap
                frames += gap.count
                guard sink(gap.span, []) else { return false }
            }
            firstSound = (frame, frames)
        }
        frames += samples.count
        return sink(samples, takeMarks(before: frame + samples.count))
    }

    /// Takes the marks of words that begin before `end`, a frame of the run.
    private func takeMarks(before end: Int) -> [WordMark] {
        guard let firstSound, let first = pending.first, first.frame < end else { return [] }
        let count = pending.firstIndex { $0.frame >= end } ?? pending.count
        defer { pending.removeFirst(count) }
        if count > 0 { lastWordEnd = pending[count - 1].spoken.upperBound }
        return pending.prefix(count).map { mark in
            // A word that begins in the trimmed silence begins with the first sound.
            let frame = max(mark.frame - firstSound.inRun, 0) + firstSound.inPiece
            return WordMark(frame: frame, spoken: mark.spoken)
        }
    }
}
