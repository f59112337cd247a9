// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Threads
package import Utterance

/// Sound through a device of ALSA.
///
/// A thread of its own ("playback") owns the device alone; this is the way to reach it. It sleeps while nothing plays.
package final class ALSAOutput: SoundOutput {
    private let control: PlaybackControl

    package init(_ parameters: PlaybackParameters = PlaybackParameters()) {
        let control = PlaybackControl()
        self.control = control
        startThread(name: "playback") {
            PlaybackLoop(control: control, parameters: parameters).run()
        }
    }

    deinit {
        _ = control.post(.close)
    }

    package var isLive: Bool { true }

    @discardableResult
    package func startUtterance() -> PlaybackReports {
        control.fault.withLock { $0 = nil }
        control.isDraining.store(false, ordering: .relaxed)
        control.isDrained.store(false, ordering: .relaxed)
        return control.reports.startUtterance()
    }

    package func open(_ format: PCMFormat) async throws {
        let command = control.post(.open(format))
        try await control.changes.waitCancellably { !control.isDone(command) }
        try throwFault()
    }

    package var ahead: Duration { control.ahead }

    package func waitUntilAhead(isAtMost limit: Duration) async throws {
        defer { control.awaitedAhead.store(-1, ordering: .relaxed) }
        try await control.changes.waitCancellably {
            // Said again each time: the thread takes it back when it rings.
            control.awaitedAhead.store(limit.inNanoseconds, ordering: .sequentiallyConsistent)
            return control.ahead > limit && !hasFailed
        }
        try throwFault()
    }

    package func begin(piece index: Int, pause: Duration) {
        control.queue.begin(piece: index, pause: pause)
    }

    package func write(_ samples: Span<Int16>, marks: [WordMark]) -> Bool {
        control.queue.write(samples, marks: marks)
    }

    package func endPiece() {
        control.queue.endPiece()
    }

    package func drain() async throws {
        control.isDraining.store(true, ordering: .sequentiallyConsistent)
        control.wake.signal()
        try await control.changes.waitCancellably {
            !control.isDrained.load(ordering: .sequentiallyConsistent) && !hasFailed
        }
        try throwFault()
    }

    package func drop() async {
        // From here on the producer is turned away, whatever the thread is doing.
        control.queue.gate.close()
        await perform(.drop(utterance: control.queue.gate.latest))
    }

    package func pause() async { await perform(.pause) }

    package func resume() async { await perform(.resume) }

    package func close() async {
        control.queue.gate.close()
        await perform(.close)
    }

    /// Has the thread do something and waits for it; not for a device that is still being opened and makes no sound.
    private func perform(_ command: PlaybackControl.Command) async {
        let number = control.post(command)
        while !control.isDone(number), control.isOpen.load(ordering: .sequentiallyConsistent) {
            await control.changes.wait { !control.isDone(number) }
        }
    }

    private var hasFailed: Bool { control.fault.withLock { $0 != nil } }

    private func throwFault() throws {
        if let fault = control.fault.withLock({ $0 }) { throw fault }
    }
}
