// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Playback
import Speech
import Synchronization
import Utterance

/// The speech of one answer: the text stage adds pieces, and the ``Player`` takes them.
package final class SpeechQueue: Sendable {
    /// Thrown once the answer is long enough: no more pieces are accepted.
    struct Closed: Error {}

    /// The most text that may wait for the voice, in UTF-8 bytes, or four seconds of sound; beyond that, the text stage
    /// waits.
    private static let capacity = 4 * 1024
    /// While waiting or paused, cut as if one second were buffered: enough for whole sentences, short enough to react
    /// soon when that ends.
    private static let aheadWhileWaiting = Duration.seconds(1)

    let parameters: AnswerParameters
    let recorder: EventRecorder
    /// The voice for the next piece.
    let voice: Watched<VoiceParameters>
    private let player: Player
    private let list = Watched(PieceList(capacity: capacity))
    private let settings = Mutex(Settings())

    /// The player's settings.
    private struct Settings {
        var format: PCMFormat?
        var substitute: (any SoundOutput)?
    }

    init(parameters: AnswerParameters, voice: Watched<VoiceParameters>, player: Player, recorder: EventRecorder) {
        self.parameters = parameters
        self.voice = voice
        self.player = player
        self.recorder = recorder
    }

    // MARK: Answer side

    /// Whether a listener hears the speech, now or later.
    var isHeard: Bool {
        if case .failed = list.read(\.outcome) { return false }
        return player.output(of: self).isLive
    }

    /// The amount of sound that the listener has yet to hear, including pieces that wait for the voice; `nil` if nobody
    /// listens.
    var ahead: Duration? {
        guard isHeard else { return nil }
        let ahead = player.isOpen(self) ? player.output(of: self).ahead : Self.aheadWhileWaiting
        return ahead + list.read(\.duration)
    }

    /// About how long the pieces that are not synthesized yet will sound.
    package var unspoken: Duration { list.read(\.duration) }

    /// The amount of sound that is synthesized but not heard yet.
    package var unheard: Duration { player.isOpen(self) ? player.output(of: self).ahead : .zero }

    /// Announces speech, so that the device can be opened.
    func prepare() {
        if list.read(\.isPrepared) { return }
        list.change { $0.prepare() }
        player.want(self)
    }

    /// Waits while the queue is full.
    ///
    /// - Throws: ``Closed``, `CancellationError`.
    func send(_ piece: Piece) async throws {
        let estimate = piece.sound?.duration ?? voice.current.estimatedDuration(of: piece.runs)
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

    /// Ends the queue: no more pieces will come. If there were none, the device is not used.
    func complete() {
        list.change { $0.complete() }
    }

    /// Waits until everything was heard. Cancelling the task stops playback; it returns once the queue is silent.
    ///
    /// - Returns: the fault if an output or the engine failed, or if nothing of the text could be spoken. A signal that
    ///   could not be given is not a fault.
    /// - Throws: `CancellationError`.
    func played() async throws -> Fault? {
        do {
            guard case .failed(let fault) = try await list.wait(until: { $0.outcome }) else { return recorder.silence }
            guard try await isForText() else { return nil }
            recorder.add(.notice(Notice(fault.code.rawValue, fault.message)))
            return fault
        } catch {
            await player.leave(self)
            throw error
        }
    }

    // MARK: Player side

    /// Waits until it is known whether there is anything to say apart from signals.
    func isForText() async throws -> Bool {
        try await list.wait { $0.isForText }
    }

    /// Waits for the next piece; `nil` at the end.
    ///
    /// - Throws: `CancellationError`.
    func next() async throws -> Piece? {
        let isLongEnough = recorder.summary.sound >= parameters.longestAnswer
        switch try await list.wait(until: { $0.next(isLongEnough: isLongEnough) }) {
        case .piece(let piece, _): return piece
        case .end: return nil
        case .cutOff:
            let seconds = Int(parameters.longestAnswer.inSeconds)
            let limit = seconds < 120 ? "\(seconds) seconds" : "\(seconds / 60) minutes"
            let message = "The answer was stopped after \(limit) of sound; playback.longest_answer_min sets this limit."
            recorder.add(.notice(Notice("longest_answer", message)))
            return nil
        }
    }

    func made() {
        list.change { $0.made() }
    }

    /// Leaves the unheard pieces of a session that was cut for the next one.
    ///
    /// - Returns: whether nothing is left.
    func rewind() -> Bool {
        list.change { $0.rewind() }
    }

    /// - Returns: `true`: nothing is left.
    func end(_ outcome: PieceList.Outcome) -> Bool {
        list.change { $0.end(outcome) }
        return true
    }

    func note(_ report: PlaybackReport) {
        let piece = list.change { $0.note(report) }
        recorder.add(report, of: piece)
    }

    /// The format of the last sound; `nil` before there was any.
    var format: PCMFormat? {
        get { settings.withLock(\.format) }
        set { settings.withLock { $0.format = newValue } }
    }

    /// The output that replaces a missing device.
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
