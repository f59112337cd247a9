// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The sound of one piece while eSpeak NG makes it: trims each run, joins the runs and places the words.
final class PieceSound: ESpeakSound {
    /// Takes samples and the words that begin in them; `false` ends the synthesis.
    typealias Sink = (Span<Int16>, [WordMark]) -> Bool

    /// The pause between two runs of a piece, which replaces the silence that the voices leave around them: short, as
    /// between words, since the sentence goes on.
    static let gapBetweenRuns = Duration.milliseconds(40)

    /// Frames given to the sink.
    private(set) var frames = 0
    /// Where the last word ends that the sink was given the beginning of, in UTF-8 bytes of the piece.
    private(set) var lastWordEnd = 0
    /// Whether the sink took everything and the task was not cancelled.
    private(set) var isWanted = true

    private let sink: Sink
    private let gap: [Int16]
    private var trimmer = SilenceTrimmer()
    private var words = WordRanges(text: "")
    private var syllables: PinyinSyllables?
    /// Words whose sound has not been given out yet; their frames count from the start of the run.
    private var pending: [WordMark] = []
    /// The run's first sound: its frame in what eSpeak NG made of the run, and in the piece.
    private var firstSound: (inRun: Int, inPiece: Int)?
    /// Whether the last of ``pending`` ends where the next word begins. The sound of such a word waits for that, so that
    /// no mark comes after its sound.
    private var isWordOpen = false
    private var held: (samples: [Int16], frame: Int) = ([], 0)

    init(format: PCMFormat, sink: @escaping Sink) {
        self.sink = sink
        self.gap = Array(repeating: 0, count: format.frames(in: Self.gapBetweenRuns))
    }

    /// A run begins whose text starts at `offset` UTF-8 bytes in the piece.
    ///
    /// A word of the run before that made no sound until its end has no mark.
    ///
    /// - Parameter syllables: what eSpeak NG is given, if it is longer than `text`.
    func beginRun(_ text: String, at offset: Int, with syllables: PinyinSyllables? = nil) {
        self.syllables = syllables
        trimmer.reset()
        words = WordRanges(text: text, offset: offset)
        pending.removeAll(keepingCapacity: true)
        firstSound = nil
        isWordOpen = false
        held.samples = []
    }

    /// The run that began was spoken to its end.
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

    /// Gives the samples, unless a word begins in them whose end is not known yet.
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

    /// The marks of the words that begin before `end`, a frame of the run.
    private func takeMarks(before end: Int) -> [WordMark] {
        guard let firstSound, let first = pending.first, first.frame < end else { return [] }
        let count = pending.firstIndex { $0.frame >= end } ?? pending.count
        defer { pending.removeFirst(count) }
        if count > 0 { lastWordEnd = pending[count - 1].spoken.upperBound }
        return pending.prefix(count).map { mark in
            // A word that begins in the silence that was cut off begins with the first sound.
            let frame = max(mark.frame - firstSound.inRun, 0) + firstSound.inPiece
            return WordMark(frame: frame, spoken: mark.spoken)
        }
    }
}
