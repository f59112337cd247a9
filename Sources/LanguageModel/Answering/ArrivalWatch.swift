// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// Detects an answer that arrives all at once after a long wait: something on the way buffers it, and speech starts
/// late.
final class ArrivalWatch: Sendable {
    private struct State {
        var connected: Moment?
        var firstText: Moment?
        var bytes = 0
        var isDecided = false
    }

    /// No model writes this much text in so short a time after being silent for that long.
    private static let (bytes, time, silence) = (400, Duration.milliseconds(20), Duration.seconds(2))

    private let clock: any MomentClock
    private let state = Mutex(State())

    init(clock: any MomentClock) {
        self.clock = clock
    }

    /// Whether this event shows that the answer is buffered; `true` at most once.
    func isBuffered(after event: ModelEvent) -> Bool {
        let now = clock.now
        return state.withLock { state in
            guard !state.isDecided else { return false }
            switch event {
            case .connected: state.connected = now
            // If a model's reasoning arrives, the answer is not buffered.
            case .thinking: state.isDecided = true
            case .notice: break
            case .text(let text):
                let first = state.firstText ?? now
                state.firstText = first
                state.bytes += text.utf8.count
                guard state.bytes >= Self.bytes else { break }
                state.isDecided = true
                let silence = state.connected.map { $0.duration(to: first) } ?? .zero
                return silence >= Self.silence && first.duration(to: now) <= Self.time
            }
            return false
        }
    }
}

/// The servers that are known to send buffered replies, and that the user was told about.
final class BufferingServers: Sendable {
    /// Shared by the process, since each question of a chat has its own ``ModelServer``.
    static let shared = BufferingServers()

    private let addresses = Mutex<Set<ServerAddress>>([])

    /// - Returns: whether it is new.
    func insert(_ address: ServerAddress) -> Bool {
        addresses.withLock { $0.insert(address).inserted }
    }
}
