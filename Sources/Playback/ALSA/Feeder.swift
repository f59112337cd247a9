// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Decides what the device gets next: sound, or the silence that is owed before a piece.
struct Feeder {
    enum Portion: Equatable {
        case silence(frames: Int)
        case sound(Range<Int>)
        case nothing
    }

    /// Where the last sound of the utterance is.
    private enum LastSound {
        case none
        /// In the device, still to be heard: what is written follows it without a seam.
        case onDevice
        /// It ended, for want of text or because we were late.
        case ended(at: Moment, forWantOfText: Bool)
    }

    private let queue: SoundQueue
    var format: PCMFormat
    /// The next sample to be fed.
    private(set) var position: Int
    /// Index of the next mark to be looked at.
    private var nextMark: Int
    private var silence = 0
    /// Silence before the first sound, in frames.
    private var leadIn = 0
    private var lastSound = LastSound.none
    /// The end of the piece that is being fed has not come.
    private var isInPiece = false
    /// What comes is of an utterance that was dropped.
    private var isDiscarding = true
    /// The last utterance of which nothing is wanted.
    private var discarded = 0
    /// Set when a piece came later than its pause asked for: when the sound before it had ended.
    private var starvedSince: Moment?

    init(queue: SoundQueue, format: PCMFormat) {
        self.queue = queue
        self.format = format
        position = queue.samples.start
        nextMark = queue.marks.start
    }

    /// Something is to be fed now, or belongs to a piece that has begun: a device that runs dry does so by our fault.
    var owes: Bool { !isDiscarding && (isInPiece || silence > 0 || position < queue.samples.end) }

    /// The device was reopened: silence comes before its first sound, for sinks that swallow what wakes them.
    mutating func deviceOpened(leadIn time: Duration) {
        let frames = format.frames(in: time)
        if isInPiece { silence = frames } else { leadIn = frames }
    }

    mutating func next(at now: Moment) -> Portion {
        // Read before the marks: those that delimit these samples are there.
        let available = queue.samples.end
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

    /// The device took so many frames of the last portion.
    mutating func took(_ portion: Portion, _ count: Int) {
        switch portion {
        case .silence: silence -= count
        case .sound:
            position += count
            lastSound = .onDevice
        case .nothing: break
        }
    }

    /// The last sound was heard to its end.
    mutating func soundEnded(at moment: Moment, forWantOfText: Bool) {
        guard case .onDevice = lastSound else { return }
        lastSound = .ended(at: moment, forWantOfText: forWantOfText)
    }

    /// Goes back to `position`, whose piece has begun or not, as far as its samples are kept; marks from there on count
    /// again.
    mutating func rewind(to position: Int, inPiece: Bool) {
        guard !isDiscarding else { return }
        self.position = max(position, queue.samples.start)
        nextMark = queue.marks.start
        silence = 0
        isInPiece = inPiece
        lastSound = .none
    }

    /// Forgets everything of this utterance and those before. What of the next one is there already is kept.
    mutating func discard(through utterance: Int) {
        discarded = utterance
        isDiscarding = true
        isInPiece = false
        silence = 0
        lastSound = .none
        starvedSince = nil
        nextMark = queue.marks.start
        // Before the marks are looked at: where these samples end, no later piece has begun.
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

    /// Takes a mark of a dropped utterance out; one that begins a piece of the next ends the discarding.
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

    /// The part of a pause that has not passed.
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
    /// A piece begins or ends here.
    fileprivate var isBoundary: Bool {
        if case .word = kind { false } else { true }
    }
}
