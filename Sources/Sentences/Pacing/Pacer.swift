// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Decides when live speech must not wait for the certain end of a sentence, and what is said then.
///
/// While sound is buffered, it is worth waiting for whole sentences. When the sound is about to run out, whatever there
/// is gets said: a sentence that probably ends here, else the complete clauses, else, after a while, words.
struct Pacer: Sendable {
    /// Less buffered sound than this counts as none: what is decided now is heard at about the time it ends.
    static let lead: Duration = .milliseconds(300)
    /// A stream that is silent for this long has stalled.
    static let stall: Duration = .seconds(1)
    /// The same for fewer than ``fewWords`` words.
    static let longStall: Duration = .seconds(4)
    private static let fewWords = 3
    /// A stream has also stalled after this many times its usual gap, so that a slow model still makes phrases.
    private static let stallGaps = 4.0
    /// With nothing to hear, this many words are said without waiting for the end of a clause.
    static let runOnWords = 30
    /// The same after ``phraseWait`` without sound.
    static let phraseWords = 12
    static let phraseWait: Duration = .seconds(1)

    /// Where the text may be cut now.
    struct Rest {
        /// The text that is waiting, from the beginning of the sentence.
        var range: Range<Int>
        /// Whether the last word is complete.
        var endsInBlank: Bool
        var likelyEnd: Int?
    }

    enum Cut: Equatable {
        case sentence(end: Int)
        case clause(end: Int)
    }

    private var lastText: Moment?
    /// The usual time between two texts, in seconds.
    private var gap = 0.0
    /// When the buffered sound ends.
    private var soundEnd: Moment?
    private(set) var wakeAt: Moment?

    mutating func textCame(at now: Moment) {
        if let lastText {
            let passed = min(lastText.duration(to: now).inSeconds, 5)
            gap = gap == 0 ? passed : gap * 0.75 + passed * 0.25
        }
        lastText = now
    }

    /// Records how much sound is buffered at `now`.
    mutating func update(ahead: Duration, at now: Moment) {
        soundEnd = now.advanced(by: ahead)
    }

    /// Records a piece that is passed on.
    mutating func pieceLeft(weight: Int, at now: Moment) {
        soundEnd = max(soundEnd ?? now, now).advanced(by: SpeakingTime.of(weight))
    }

    /// Which part of `rest` must be said now, if any; sets ``wakeAt``.
    mutating func cut(_ rest: Rest, _ bytes: ByteWindow, at now: Moment) -> Cut? {
        wakeAt = nil
        guard !rest.range.isEmpty, let soundEnd, let lastText else { return nil }
        let due = soundEnd.advanced(by: .zero - Self.lead)
        guard now >= due else {
            wakeAt = due
            return nil
        }
        if let end = rest.likelyEnd { return .sentence(end: end) }
        if let end = Clauses.lastEnd(in: rest.range, bytes, isOpen: true) { return .clause(end: end) }

        let words = bytes[rest.range].reduce(0) { $0 + ($1 == 0x20 ? 1 : 0) } + (rest.endsInBlank ? 1 : 0)
        let wordEnd = rest.endsInBlank ? rest.range.upperBound : Clauses.lastWordEnd(in: rest.range, bytes)
        guard let wordEnd else { return nil }
        if words >= Self.runOnWords { return .clause(end: wordEnd) }
        // One or two words are not worth saying yet.
        let wait = words >= Self.fewWords ? max(Self.stall, .seconds(gap * Self.stallGaps)) : Self.longStall
        let stalled = lastText.advanced(by: wait)
        if now >= stalled { return .clause(end: wordEnd) }
        wakeAt = stalled
        if words >= Self.phraseWords {
            let phraseDue = max(soundEnd, lastText).advanced(by: Self.phraseWait)
            if now >= phraseDue { return .clause(end: wordEnd) }
            wakeAt = min(stalled, phraseDue)
        }
        return nil
    }
}
