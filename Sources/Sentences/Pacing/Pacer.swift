// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// When live speech may not wait for the certain end of a sentence, and what is said then.
///
/// While sound lies ahead of the listener whole sentences are worth waiting for. When it is about to run out, what
/// there is is said: a sentence that probably ends here, else the clauses that are complete, else, after a while,
/// words.
struct Pacer: Sendable {
    /// Sound ahead that is as good as none: what is decided now is heard about then.
    static let lead: Duration = .milliseconds(300)
    /// A stream that was silent for so long has stalled.
    static let stall: Duration = .seconds(1)
    /// The same for less than ``fewWords``.
    static let longStall: Duration = .seconds(4)
    private static let fewWords = 3
    /// A stream has stalled when nothing came for so many times its usual gap; so a slow model makes phrases.
    private static let stallGaps = 4.0
    /// With nothing to hear, so many words are said without waiting for a clause's end.
    static let runOnWords = 30
    /// With nothing to hear for ``patience``, so many.
    static let phraseWords = 12
    static let patience: Duration = .seconds(1)

    /// Where the text may be cut now.
    struct Rest {
        /// The text that waits, from the beginning of the sentence.
        var range: Range<Int>
        /// The last word is complete.
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
    /// When the sound ends that lies ahead.
    private var soundEnd: Moment?
    private(set) var wakeAt: Moment?

    mutating func textCame(at now: Moment) {
        if let lastText {
            let passed = min(lastText.duration(to: now).inSeconds, 5)
            gap = gap == 0 ? passed : gap * 0.75 + passed * 0.25
        }
        lastText = now
    }

    /// Takes note of how much sound lies ahead at `now`.
    mutating func update(ahead: Duration, at now: Moment) {
        soundEnd = now.advanced(by: ahead)
    }

    /// Takes note of a piece that is handed on.
    mutating func pieceLeft(weight: Int, at now: Moment) {
        soundEnd = max(soundEnd ?? now, now).advanced(by: SpeakingTime.of(weight))
    }

    /// What of `rest` must be said now, if anything; sets ``wakeAt``.
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
        // A word or two are not worth saying yet.
        let patience = words >= Self.fewWords ? max(Self.stall, .seconds(gap * Self.stallGaps)) : Self.longStall
        let stalled = lastText.advanced(by: patience)
        if now >= stalled { return .clause(end: wordEnd) }
        wakeAt = stalled
        if words >= Self.phraseWords {
            let impatient = max(soundEnd, lastText).advanced(by: Self.patience)
            if now >= impatient { return .clause(end: wordEnd) }
            wakeAt = min(stalled, impatient)
        }
        return nil
    }
}
