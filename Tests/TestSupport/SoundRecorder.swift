// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import Threads
package import Utterance

/// Listens to a sink of ``SoundServer`` all the time, and records what it hears when asked to.
///
/// Listening all the time, in fragments of 5 ms, also keeps the sink from rendering seconds ahead.
package final class SoundRecorder: Sendable {
    private struct State {
        var heard = 0
        var accurateAt: [CheckedContinuation<Void, Never>] = []
        var recording: SoundRecording?
        /// Waiting for a number of frames of silence after sound, or of anything.
        var waiters: [(condition: @Sendable (SoundRecording) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
            []
    }

    /// A sink renders up to 2 s ahead until it has had a fast listener for that long.
    private static let settling = 22_050 * 5 / 2

    private let state = Mutex(State())
    private let parec: ChildProcess

    init(monitorOf sink: String, server: String) throws {
        parec = try ChildProcess([
            "/bin/sh", "-c", "\(SoundServer.priority); exec $priority parec \"$@\"", "parec",
            "--server=\(server)", "--raw", "--latency-msec=5", "--format=s16le", "--channels=1", "--rate=22050",
            "--device=\(sink).monitor",
        ])
        startThread(name: "recorder") { [weak self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while let recorder = self, let count = recorder.parec.read(into: &buffer) {
                recorder.take(SoundSamples.decode(Array(buffer[..<count])), at: MonotonicClock().now)
            }
        }
    }

    /// Waits until times can be trusted.
    func waitUntilAccurate() async {
        await withCheckedContinuation { continuation in
            let isAccurate = state.withLock { state in
                if state.heard >= Self.settling { return true }
                state.accurateAt.append(continuation)
                return false
            }
            if isAccurate { continuation.resume() }
        }
    }

    /// Records what is heard from now on.
    package func start() {
        state.withLock { $0.recording = SoundRecording() }
    }

    /// Waits until what was recorded satisfies `condition`.
    package func wait(until condition: @escaping @Sendable (SoundRecording) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isTrue = state.withLock { state in
                if let recording = state.recording, condition(recording) { return true }
                state.waiters.append((condition, continuation))
                return false
            }
            if isTrue { continuation.resume() }
        }
    }

    /// Waits until `duration` more has been recorded, then ends the recording.
    package func stop(after duration: Duration = .milliseconds(300)) async -> SoundRecording {
        let frames = state.withLock { $0.recording?.samples.count ?? 0 } + PCMFormat(rate: 22_050).frames(in: duration)
        await wait { $0.samples.count >= frames }
        return state.withLock { state in
            defer { state.recording = nil }
            return state.recording ?? SoundRecording()
        }
    }

    private func take(_ samples: [Int16], at moment: Moment) {
        let woken = state.withLock { state in
            state.heard += samples.count
            state.recording?.append(samples, at: moment)
            var woken: [CheckedContinuation<Void, Never>] = []
            if state.heard >= Self.settling {
                woken = state.accurateAt
                state.accurateAt = []
            }
            if let recording = state.recording {
                woken += state.waiters.filter { $0.condition(recording) }.map(\.continuation)
                state.waiters.removeAll { $0.condition(recording) }
            }
            return woken
        }
        for continuation in woken { continuation.resume() }
    }
}

/// What was heard, and when.
package struct SoundRecording: Sendable {
    package private(set) var samples: [Int16] = []
    /// The earliest moment at which the first sample can have been heard, according to each arrival.
    private var beginning: Moment?

    mutating func append(_ new: [Int16], at moment: Moment) {
        samples += new
        let format = PCMFormat(rate: 22_050)
        let estimate = moment.advanced(by: .zero - format.duration(ofFrames: samples.count))
        beginning = min(beginning ?? estimate, estimate)
    }

    /// When this sample was heard; accurate to about 3 ms, since samples arrive in fragments.
    package func moment(ofSample index: Int) -> Moment {
        let beginning = beginning ?? Moment(sinceZero: .zero)
        return beginning.advanced(by: PCMFormat(rate: 22_050).duration(ofFrames: index))
    }

    package var hasSound: Bool { lastSound != nil }

    /// The last sample that is not silent.
    package var lastSound: Int16? { samples.last { $0 != 0 } }

    package func stretches(gap: Int = 1) -> [SoundStretch] {
        SoundSamples.stretches(samples, gap: gap)
    }
}
