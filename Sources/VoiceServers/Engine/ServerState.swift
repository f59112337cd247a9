// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What is known of a voice server. Pure.
struct ServerState: Sendable {
    enum Phase: Sendable, Equatable {
        /// It has not been tried yet.
        case unknown
        case ready
        case failed(VoiceServerFailure)
    }

    /// Assumed until it is measured: that of a busy machine.
    private static let firstPace = 0.25
    /// What a request costs besides its sound.
    private static let start = Duration.milliseconds(50)
    /// The longest extra wait after a request that was dropped: the server finishes that sentence first.
    private static let longestRest = Duration.seconds(2)

    private(set) var phase = Phase.unknown
    /// What the server says it has; `nil` before it was asked.
    var voices: [ServerVoice]?
    /// Seconds that the server takes to make a second of sound.
    private(set) var pace = firstPace
    /// Whether `pace` was measured.
    private(set) var isPaceMeasured = false
    /// When the server will probably have finished a request that was dropped.
    private var busyUntil: Moment?
    /// Whether the user was told about the failure.
    private var isTold = false

    /// How long making this much sound probably takes.
    func making(_ sound: Duration) -> Duration {
        Self.start + .seconds(sound.inSeconds * pace)
    }

    /// How long to wait for this much sound before something else speaks.
    ///
    /// - Parameter ahead: the sound that is still to be heard; `nil`: nobody waits for it.
    func limit(_ sound: Duration, ahead: Duration?, at now: Moment) -> Duration {
        guard let ahead else { return .seconds(10) + sound * 4 }
        let rest = busyUntil.map { min(max(.zero, now.duration(to: $0)), Self.longestRest) } ?? .zero
        // A model that is not loaded yet takes some seconds.
        let loading = phase == .ready ? Duration.zero : .seconds(2)
        return max(.zero, ahead) + .seconds(1) + sound + rest + loading
    }

    /// Notes that the server sent sound.
    mutating func succeeded(_ sound: Duration, in time: Duration) {
        busyUntil = nil
        // The first time does not count: the server may have loaded its model.
        defer { phase = .ready }
        guard phase == .ready, sound > .zero else { return }
        // A slower pace counts at once, a faster one gradually: a gap is worse than a piece in two parts.
        let measured = max(.zero, time - Self.start).inSeconds / sound.inSeconds
        pace = min(max(measured, pace * 0.7 + measured * 0.3), 4)
        isPaceMeasured = true
    }

    /// Notes that a request was dropped.
    mutating func dropped(_ sound: Duration, at now: Moment) {
        busyUntil = now.advanced(by: making(sound))
    }

    mutating func failed(_ failure: VoiceServerFailure) {
        phase = .failed(failure)
    }

    /// What to tell the user, once for each change.
    mutating func takeNotice(of name: String) -> Notice? {
        switch phase {
        case .failed(let failure) where !isTold:
            isTold = true
            return Notice(
                Self.failedCode,
                "The voice server \(name) does not speak (\(failure.reason)); eSpeak NG speaks in its place.")
        case .ready where isTold:
            isTold = false
            return Notice(Self.backCode, "The voice server \(name) speaks again.")
        default: return nil
        }
    }

    static let failedCode = "voice_server_failed"
    static let backCode = "voice_server_back"
}
