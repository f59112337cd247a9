// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Threads
package import Utterance

/// Sound through a device of ALSA.
///
/// A thread of its own ("playback") owns the device alone; this is the way to reach it. It sleeps while nothing plays.
package final class ALSAOutput: SoundOutput {
    private let control: PlaybackControl

    package convenience init(_ parameters: PlaybackParameters = PlaybackParameters()) {
        self.init(parameters, threadName: "playback")
    }

    init(_ parameters: PlaybackParameters, threadName: String) {
        let control = PlaybackControl(parameters: parameters)
        self.control = control
        startThread(name: threadName) {
            PlaybackLoop(control: control).run()
        }
    }

    deinit {
        _ = control.post(.close)
    }

    package var isLive: Bool { true }

    @discardableResult
    package func startUtterance() -> PlaybackReports {
        control.isDraining.store(false, ordering: .relaxed)
        control.isDrained.store(false, ordering: .relaxed)
        let reports = control.reports.startUtterance()
        if isHanging { control.giveUp() }
        return reports
    }

    /// The device hangs in a call that took longer than the limits of the parameters; utterances fail until it is back.
    package var isHanging: Bool { control.isGivenUp.load(ordering: .sequentiallyConsistent) }

    /// Waits until the device no longer hangs.
    ///
    /// - Throws: `CancellationError`.
    func waitUntilResponsive() async throws {
        try await control.changes.waitCancellably { isHanging }
    }

    package func recover() async {
        guard isHanging else { return }
        let end = MonotonicClock().now.advanced(by: control.parameters.stallLimit)
        await withTaskGroup { group in
            group.addTask { try? await self.waitUntilResponsive() }
            group.addTask { try? await MonotonicClock().sleep(until: end, tolerance: nil) }
            await group.next()
            group.cancelAll()
        }
    }

    package func open(_ format: PCMFormat) async throws {
        try control.throwFault()
        let command = control.post(.open(format, utterance: control.queue.gate.latest))
        try await wait { !control.isDone(command) && !control.hasFailed }
    }

    package var ahead: Duration { control.ahead }

    package func waitUntilAhead(isAtMost limit: Duration) async throws {
        defer { control.awaitedAhead.store(-1, ordering: .relaxed) }
        try await wait {
            // Said again each time: the thread takes it back when it rings.
            control.awaitedAhead.store(limit.inNanoseconds, ordering: .sequentiallyConsistent)
            return control.ahead > limit && !control.hasFailed
        }
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

    package func mute(_ isMuted: Bool) {
        control.isMuted.store(isMuted, ordering: .sequentiallyConsistent)
        control.wake.signal()
    }

    package func drain() async throws {
        control.isDraining.store(true, ordering: .sequentiallyConsistent)
        control.wake.signal()
        try await wait { !control.isDrained.load(ordering: .sequentiallyConsistent) && !control.hasFailed }
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

    /// Has the thread do something and waits for it; not for a device that is still being opened and makes no sound,
    /// nor for one that hangs.
    private func perform(_ command: PlaybackControl.Command) async {
        let number = control.post(command)
        await control.watching(for: control.parameters.stopLimit) {
            while !control.isDone(number), control.isOpen.load(ordering: .sequentiallyConsistent), !isHanging {
                await control.changes.wait { !control.isDone(number) && !isHanging }
            }
        }
    }

    /// Waits until `condition` no longer holds, or the device has failed.
    private func wait(while condition: () -> Bool) async throws {
        try await control.watching(for: control.parameters.stallLimit) {
            try await control.changes.waitCancellably(while: condition)
        }
        try control.throwFault()
    }
}
