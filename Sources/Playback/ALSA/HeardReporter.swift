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
                if let at = map.moment(ofSampleAt: mark.position) ?? lateMoment(at: mark.position) {
                    report(.word(piece: mark.piece, spoken: spoken, at: at))
                }
            case .end:
                guard mark.position <= position else { return }
                soundingWord = nil
                if let at = map.moment(ofEndAt: mark.position) ?? lateMoment(at: mark.position) {
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
        reportLateMarks()
        soundingWord = nil
        queue.state.change { $0.utterances.end(utterance) }
    }

    /// Reports the marks that came after their sound was heard, if no sound followed it.
    private mutating func reportLateMarks() {
        defer { playedOut = nil }
        while let mark = queue.marks[queue.marks.start], let at = lateMoment(at: mark.position) {
            switch mark.kind {
            case .begin: return
            case .word(let spoken): report(.word(piece: mark.piece, spoken: spoken, at: at))
            case .end: report(.heard(piece: mark.piece, at: at))
            }
            queue.marks.removeFirst()
        }
    }

    /// When the sound at `position` was heard at the latest, for a mark that came late: the device has been prepared again
    /// since, and can't tell any more.
    private func lateMoment(at position: Int) -> Moment? {
        guard let playedOut, position <= playedOut.position else { return nil }
        return playedOut.moment
    }
}
