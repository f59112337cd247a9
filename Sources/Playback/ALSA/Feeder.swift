// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Decides what the device gets next: sound, or the silence that is due before a piece.
struct Feeder {
    enum Portion: Equatable {
        case silence(frames: Int)
        case sound(Range<Int>)
        case nothing
    }

    /// Where the last sound of the utterance is.
    private enum LastSound {
        case none
        /// In the device, and not heard yet: what is written next follows it without a gap.
        case onDevice
        /// It ended, because there was no text or because we were late.
        case ended(at: Moment, forWantOfText: Bool)
    }

    private let queue: SoundQueue
    var format: PCMFormat
    /// The position of the next sample for the device.
    private(set) var position: Int
    /// Index of the next mark.
    private var nextMark: Int
    private var silence = 0
    /// Silence before the first sound, in frames.
    private var leadIn = 0
    private var lastSound = LastSound.none
    /// Whether the piece being fed has not ended yet.
    private var isInPiece = false
    /// Whether what comes belongs to an utterance that was dropped.
    private var isDiscarding = true
    /// The last utterance that is not wanted any more.
    private var discarded = 0
    /// When the sound before a piece ended, if the piece came later than its pause required.
    private var starvedSince: Moment?

    init(queue: SoundQueue, format: PCMFormat) {
        self.queue = queue
        self.format = format
        position = queue.samples.start
        nextMark = queue.marks.start
    }

    /// Whether there is something to feed now, or a piece has begun and not ended. If the device runs dry then, it is
    /// our fault.
    var owes: Bool { !isDiscarding && (isInPiece || silence > 0 || position < queue.samples.end) }

    /// Adds silence before the first sound of a device that was just opened, for sinks that swallow the sound that
    /// wakes them.
    mutating func deviceOpened(leadIn time: Duration) {
        let frames = format.frames(in: time)
        if isInPiece { silence = frames } else { leadIn = frames }
    }

    mutating func next(at now: Moment) -> Portion {
        // Read before the marks, so that the marks within these samples are there.
        let available = queue.samples.end
        skipReportedMarks()
        while let mark = queue.marks[nextMark] {
            if isDiscarding {
                guard admits(mark) else { continue }
            } else if mark.isBoundary, mark.position > position {
                return portion(upTo: min(mark.position, available))
            }
            pass(mark, at: now)
        }
        return isDiscarding ? .nothing : portion(upTo: available)
    }

    /// Records that the device accepted `count` frames of the last portion.
    mutating func took(_ portion: Portion, _ count: Int) {
        switch portion {
        case .silence: silence -= count
        case .sound:
            position += count
            lastSound = .onDevice
        case .nothing: break
        }
    }

    /// Records that the last sound was heard to its end.
    mutating func soundEnded(at moment: Moment, forWantOfText: Bool) {
        guard case .onDevice = lastSound else { return }
        lastSound = .ended(at: moment, forWantOfText: forWantOfText)
    }

    /// Goes back to `position`, or to the oldest sample that is kept; marks from there on count again.
    ///
    /// - Parameter inPiece: whether `position` is inside a piece.
    mutating func rewind(to position: Int, inPiece: Bool) {
        guard !isDiscarding else { return }
        self.position = max(position, queue.samples.start)
        nextMark = queue.marks.start
        silence = 0
        isInPiece = inPiece
        lastSound = .none
    }

    /// Discards everything of this utterance and those before. What has already arrived of the next one is kept.
    mutating func discard(through utterance: Int) {
        discarded = utterance
        isDiscarding = true
        isInPiece = false
        silence = 0
        lastSound = .none
        starvedSince = nil
        nextMark = queue.marks.start
        // Read before the marks are: no later piece can begin before the end of these samples.
        position = queue.samples.end
        while isDiscarding, let mark = queue.marks[nextMark] { _ = admits(mark) }
    }

    mutating func takeStarvation() -> Moment? {
        defer { starvedSince = nil }
        return starvedSince
    }

    private func portion(upTo limit: Int) -> Portion {
        if silence > 0 { return .silence(frames: silence) }
        return position < limit ? .sound(position..<limit) : .nothing
    }

    /// If the sound of a piece was heard before its end came, the end is reported, and its mark removed, before it is
    /// passed here.
    private mutating func skipReportedMarks() {
        guard nextMark < queue.marks.start else { return }
        nextMark = queue.marks.start
        isInPiece = false
    }

    /// Removes the mark of a dropped utterance. The beginning of a piece of the next one ends the discarding.
    private mutating func admits(_ mark: Mark) -> Bool {
        if case .begin(_, let utterance) = mark.kind, utterance > discarded, utterance == queue.admitted {
            isDiscarding = false
            position = mark.position
            return true
        }
        queue.marks.removeFirst()
        nextMark += 1
        return false
    }

    private mutating func pass(_ mark: Mark, at now: Moment) {
        nextMark += 1
        switch mark.kind {
        case .begin(let pause, _):
            isInPiece = true
            silence = frames(of: pause, at: now)
        case .word: break
        case .end: isInPiece = false
        }
    }

    /// The part of a pause that has not passed yet.
    private mutating func frames(of pause: Duration, at now: Moment) -> Int {
        switch lastSound {
        case .none:
            defer { leadIn = 0 }
            return leadIn
        case .onDevice: return format.frames(in: pause)
        case .ended(let end, let forWantOfText):
            let rest = pause - end.duration(to: now)
            if rest >= .zero { return format.frames(in: rest) }
            if forWantOfText { starvedSince = end }
            return 0
        }
    }
}

extension Mark {
    /// Whether a piece begins or ends here.
    fileprivate var isBoundary: Bool {
        if case .word = kind { false } else { true }
    }
}
