// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Utterance

/// Turns the marks that have been heard into reports.
struct HeardReporter {
    private let queue: SoundQueue
    /// The utterance being heard.
    private var utterance = 0
    /// Where the word that is sounding began, or its piece; `nil` between pieces.
    private(set) var soundingWord: Int?
    /// Where and when the sound ended, if the device has been prepared again since.
    private var playedOut: (position: Int, moment: Moment)?

    init(queue: SoundQueue) {
        self.queue = queue
    }

    /// Reports everything up to `position` in the sound.
    mutating func advance(to position: Int, of map: FrameMap) {
        while let mark = queue.marks[queue.marks.start] {
            switch mark.kind {
            case .begin(_, let utterance):
                let next = queue.marks[queue.marks.start + 1]
                let isEmpty = next?.kind == .end && next?.position == mark.position
                guard mark.position < position || (isEmpty && mark.position == position) else { return }
                self.utterance = utterance
                if !isEmpty, let at = map.moment(ofSampleAt: mark.position) {
                    soundingWord = mark.position
                    report(.soundStart(piece: mark.piece, at: at))
                }
            case .word(let spoken):
                guard mark.position <= position else { return }
                soundingWord = mark.position
                if let at = map.moment(ofSampleAt: mark.position) {
                    report(.word(piece: mark.piece, spoken: spoken, at: at))
                }
            case .end:
                guard mark.position <= position else { return }
                soundingWord = nil
                if let at = map.moment(ofEndAt: mark.position) {
                    report(.heard(piece: mark.piece, at: at))
                }
            }
            queue.marks.removeFirst()
        }
    }

    /// Adds a report, about the utterance being heard or another one.
    func report(_ report: PlaybackReport, utterance other: Int? = nil) {
        queue.report(report, of: other ?? utterance)
    }

    /// Notes that everything up to `position` was heard by `moment`, before the device is prepared again.
    mutating func notePlayedOut(upTo position: Int, at moment: Moment) {
        playedOut = (position, moment)
    }

    /// Ends the reports of `utterance`.
    mutating func end(utterance: Int) {
        reportLateEnd()
        soundingWord = nil
        queue.state.change { $0.utterances.end(utterance) }
    }

    /// Reports the end of a piece whose last sound was heard before its end was known, and that no sound followed: the
    /// device can't tell any more when that was.
    private mutating func reportLateEnd() {
        defer { self.playedOut = nil }
        guard let playedOut, let mark = queue.marks[queue.marks.start], mark.kind == .end,
            mark.position == playedOut.position
        else { return }
        report(.heard(piece: mark.piece, at: playedOut.moment))
    }
}
