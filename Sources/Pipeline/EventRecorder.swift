// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Speech
import Synchronization
import Utterance

/// Records the events of one answer: numbers and stamps them, keeps the summary, and locates heard words in the text.
///
/// All stages use it; the order of the calls is the order of the events.
final class EventRecorder: Sendable {
    private struct State {
        var sequence = 0
        var summary = Event.Summary()
        /// Pieces before this index were counted as synthesized.
        var firstUnmade = 0
        /// Notices that were raised while the answer was spoken.
        var notices: Set<Notice> = []
    }

    let answer: String
    private let clock: any MomentClock
    private let requested: Moment
    private let handler: @Sendable (Event) -> Void
    private let state = Mutex(State())

    init(answer: String, clock: any MomentClock, handler: @escaping @Sendable (Event) -> Void) {
        self.answer = answer
        self.clock = clock
        self.requested = clock.now
        self.handler = handler
    }

    var summary: Event.Summary { state.withLock(\.summary) }

    /// Adds an event that happened at `moment`, or now.
    func add(_ kind: Event.Kind, at moment: Moment? = nil) {
        state.withLock { emit(kind, at: moment ?? clock.now, &$0) }
    }

    /// Adds some of the answer's text, and a separate event for the first of it.
    func add(text: String) {
        let now = clock.now
        state.withLock { state in
            if state.summary.firstText == nil {
                state.summary.firstText = requested.duration(to: now)
                emit(.firstText, at: now, &state)
            }
            state.summary.textBytes += text.utf8.count
            emit(.text(text), at: now, &state)
        }
    }

    /// Records that a piece was cut. A signal only becomes an event when it sounds.
    func add(_ piece: Piece, _ reading: PieceReading) {
        guard piece.signal == nil else { return }
        add(
            .piece(
                index: piece.index, text: piece.text, spoken: reading.spoken, voice: reading.voices,
                start: piece.source.lowerBound, end: piece.source.upperBound))
    }

    /// Records that a piece was synthesized. It counts once, however often that happens.
    func add(synthesized index: Int, _ synthesis: Synthesis) {
        state.withLock { state in
            if index >= state.firstUnmade {
                state.firstUnmade = index + 1
                state.summary.pieces += 1
                state.summary.sound += synthesis.duration
            }
            let event = Event.Kind.synthesized(
                index: index, duration: synthesis.duration, estimatesWords: synthesis.estimatesWords)
            emit(event, at: clock.now, &state)
        }
    }

    /// Adds the output's report about `piece`.
    func add(_ report: PlaybackReport, of piece: Piece?) {
        state.withLock { state in
            switch report {
            case .soundStart(let index, let moment):
                if let piece, let signal = piece.signal {
                    return emit(.signal(signal, spoken: piece.spoken), at: moment, &state)
                }
                if state.summary.firstSound == nil { state.summary.firstSound = sinceRequest(moment) }
                emit(.soundStart(index: index), at: moment, &state)
            case .word(let index, let spoken, let moment):
                guard let piece, piece.signal == nil else { return }
                let source = piece.alignment.source(of: spoken)
                state.summary.heardEnd = max(state.summary.heardEnd, source.upperBound)
                emit(.word(index: index, start: source.lowerBound, end: source.upperBound), at: moment, &state)
            case .heard(let index, let moment):
                if let signal = piece?.signal { return emit(.signalEnd(signal), at: moment, &state) }
                if let piece { state.summary.heardEnd = max(state.summary.heardEnd, piece.source.upperBound) }
                emit(.heard(index: index), at: moment, &state)
            case .underrun(let moment):
                state.summary.underruns += 1
                emit(.underrun, at: moment, &state)
            case .starved:
                state.summary.starvations += 1
            case .notice(let notice):
                emit(.notice(notice), at: clock.now, &state)
            case .failed: break  // the player throws it
            }
        }
    }

    /// Adds notices that were raised while a piece was spoken; each becomes an event only once.
    func add(_ notices: [Notice]) {
        state.withLock { state in
            for notice in notices where state.notices.insert(notice).inserted {
                emit(.notice(notice), at: clock.now, &state)
            }
        }
    }

    /// The fault if no voice could read any of the text; `nil` if something was spoken, or if there was no text.
    var silence: Fault? {
        state.withLock { state in
            guard state.summary.sound == .zero,
                let notice = state.notices.first(where: { $0.code == Notice.textLeftOut })
            else { return nil }
            return Fault(.speechFailed, "Nothing could be spoken. \(notice.message)")
        }
    }

    /// Records the statistics that the server reports.
    func add(tokens: Int?, generation: Duration?) {
        state.withLock { $0.summary.add(tokens: tokens, generation: generation) }
    }

    /// Adds the last event.
    func end(isSilent: Bool, _ kind: (Event.Summary) -> Event.Kind) {
        let now = clock.now
        state.withLock { state in
            state.summary.isSilent = isSilent
            state.summary.total = requested.duration(to: now)
            emit(kind(state.summary), at: now, &state)
        }
    }

    /// Called under the lock, so that the handler receives the events in order; it must not block.
    private func emit(_ kind: Event.Kind, at moment: Moment, _ state: inout State) {
        let milliseconds = sinceRequest(moment).inMilliseconds
        handler(Event(answer: answer, sequence: state.sequence, milliseconds: milliseconds, kind: kind))
        state.sequence += 1
    }

    /// Never negative: a device that plays faster than real time reports sound as audible before the request.
    private func sinceRequest(_ moment: Moment) -> Duration {
        max(.zero, requested.duration(to: moment))
    }
}
