// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Playback
import Speech
import Synchronization
import Utterance

/// What one answer has to say, on its way to the ``Player``: its text is cut into it, the player takes from it.
package final class SpeechQueue: Sendable {
    /// Thrown when the answer is long enough: nobody takes any more of it.
    struct Closed: Error {}

    /// 4 KiB of text may wait for the voice; then the text stage waits.
    private static let capacity = 4 * 1024
    /// An answer that waits, or is paused, has time for whole sentences. Short, so that it is soon noticed when that ends.
    private static let aheadWhileWaiting = Duration.seconds(1)

    let parameters: AnswerParameters
    let journal: Journal
    /// How the next piece sounds.
    let voice: Watched<VoiceParameters>
    private let player: Player
    private let list = Watched(PieceList(capacity: capacity))
    private let settings = Mutex(Settings())

    /// The player's.
    private struct Settings {
        var format: PCMFormat?
        var substitute: (any SoundOutput)?
    }

    init(parameters: AnswerParameters, voice: Watched<VoiceParameters>, player: Player, journal: Journal) {
        self.parameters = parameters
        self.voice = voice
        self.player = player
        self.journal = journal
    }

    // MARK: The answer's side

    /// Whether a listener hears, now or later, what is said.
    var isHeard: Bool {
        if case .failed = list.current.outcome { return false }
        return player.output(of: self).isLive
    }

    /// Sound ahead of the listener, pieces that wait for the voice included; `nil` if nobody listens.
    var ahead: Duration? {
        guard isHeard else { return nil }
        let ahead = player.isOpen(self) ? player.output(of: self).ahead : Self.aheadWhileWaiting
        return ahead + list.current.duration
    }

    /// There will be something to say: the device may be opened.
    func prepare() {
        if list.current.isPrepared { return }
        list.change { $0.prepare() }
        player.want(self)
    }

    /// Waits while the queue is full.
    ///
    /// - Throws: ``Closed``, `CancellationError`.
    func send(_ piece: Piece) async throws {
        let estimate = voice.current.estimatedDuration(of: piece.runs)
        switch try await list.wait(until: { $0.offer(piece, sounding: estimate) }) {
        case .taken: player.want(self)
        case .unspoken: break
        case .closed: throw Closed()
        }
    }

    /// Silences every piece of the answer before `index`.
    func discard(before index: Int) {
        list.change { $0.discard(before: index) }
        player.restart(self)
    }

    /// There are no more pieces. If there were none, the device is left alone.
    func complete() {
        list.change { $0.complete() }
    }

    /// Waits until everything was heard. Cancelling it is the stop: it returns when nothing is heard any more.
    ///
    /// - Returns: the fault of an output or an engine that failed, or that could say nothing of it. That a signal could not be given is not worth one.
    /// - Throws: `CancellationError`.
    func played() async throws -> Fault? {
        do {
            guard case .failed(let fault) = try await list.wait(until: { $0.outcome }) else { return journal.silence }
            guard try await isForText() else { return nil }
            journal.add(.notice(Notice(fault.code.rawValue, fault.message)))
            return fault
        } catch {
            await player.leave(self)
            throw error
        }
    }

    // MARK: The player's side

    /// Waits until it is known whether there is anything to say beside signals.
    func isForText() async throws -> Bool {
        try await list.wait { $0.isForText }
    }

    /// Waits for the next piece that is to be heard; `nil` at the end.
    ///
    /// - Throws: `CancellationError`.
    func next() async throws -> Piece? {
        let isLongEnough = journal.summary.sound >= parameters.longestAnswer
        switch try await list.wait(until: { $0.next(isLongEnough: isLongEnough) }) {
        case .piece(let piece, _): return piece
        case .end: return nil
        case .cutOff:
            let seconds = Int(parameters.longestAnswer.inSeconds)
            let limit = seconds < 120 ? "\(seconds) seconds" : "\(seconds / 60) minutes"
            let message = "The answer was ended after \(limit) of sound; playback.longest_answer_min sets this."
            journal.add(.notice(Notice("longest_answer", message)))
            return nil
        }
    }

    func made() {
        list.change { $0.made() }
    }

    /// What was not heard of a session that was cut is to be heard in another.
    ///
    /// - Returns: whether there is nothing left.
    func rewind() -> Bool {
        list.change { $0.rewind() }
    }

    /// - Returns: that there is nothing left.
    func end(_ outcome: PieceList.Outcome) -> Bool {
        list.change { $0.end(outcome) }
        return true
    }

    func note(_ report: PlaybackReport) {
        let piece = list.change { $0.note(report) }
        journal.add(report, of: piece)
    }

    /// The format of the sound that was made last.
    var format: PCMFormat? {
        get { settings.withLock(\.format) }
        set { settings.withLock { $0.format = newValue } }
    }

    /// What takes the sound in place of a device that is missing.
    var substitute: (any SoundOutput)? {
        get { settings.withLock(\.substitute) }
        set { settings.withLock { $0.substitute = newValue } }
    }
}

extension SpeechQueue: Hashable {
    package static func == (left: SpeechQueue, right: SpeechQueue) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
