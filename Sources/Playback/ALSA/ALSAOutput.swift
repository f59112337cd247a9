// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Synchronization
import Threads
package import Utterance

/// Plays sound through an ALSA device.
///
/// Only a separate thread ("playback") accesses the device, and this is how to reach that thread. It sleeps while
/// nothing plays.
package final class ALSAOutput: SoundOutput {
    private let queue = SoundQueue()
    private let parameters: PlaybackParameters
    private let clock: any MomentClock
    private let outage: Mutex<Outage>

    private var state: Watched<PlaybackState> { queue.state }

    /// - Parameters:
    ///   - threadName: shown by `ps -T`.
    ///   - clock: measures the waits for a device that is away.
    package init(
        _ parameters: PlaybackParameters = PlaybackParameters(), threadName: String = "playback",
        clock: any MomentClock = MonotonicClock()
    ) {
        self.parameters = parameters
        self.clock = clock
        outage = Mutex(Outage(parameters))
        startThread(name: threadName) { [queue] in
            raisePriorityOfThisThread()
            PlaybackLoop(queue: queue, parameters: parameters).run()
        }
    }

    deinit {
        _ = post(.close)
    }

    package var isLive: Bool { true }

    @discardableResult
    package func startUtterance() -> PlaybackReports {
        let utterance = state.change { state in
            state.drain = .none
            return state.utterances.start()
        }
        if isHanging { giveUp() }
        return PlaybackReports {
            let report = await self.state.waitRegardless { $0.utterances.nextReport(of: utterance) }
            if let report { self.note(report) }
            return report
        }
    }

    package func open(_ format: PCMFormat) async throws {
        try throwFault()
        let fallsBack = outage.withLock(\.fallsBack)
        let command = state.change { state in
            state.fallsBack = fallsBack
            return state.post(.open(format, utterance: state.utterances.latest))
        }
        queue.wake.signal()
        try await wait { $0.isDone(command) }
        outage.withLock { $0.opened() }
    }

    package var ahead: Duration { queue.ahead }

    package func waitUntilAhead(isAtMost limit: Duration) async throws {
        defer { state.change { $0.awaitedAhead = nil } }
        try await wait { [queue] state in
            // Set again each time: the thread clears it when it wakes us.
            state.awaitedAhead = limit
            return state.ahead(before: queue.samples.end, at: MonotonicClock().now) <= limit
        }
    }

    package func begin(piece index: Int, pause: Duration) {
        queue.begin(piece: index, pause: pause)
    }

    package func write(_ samples: Span<Int16>, marks: [WordMark]) -> Bool {
        queue.write(samples, marks: marks)
    }

    package func endPiece() {
        queue.endPiece()
    }

    package func mute(_ isMuted: Bool) {
        state.change { $0.isMuted = isMuted }
        queue.wake.signal()
    }

    package func drain() async throws {
        state.change { $0.drain = .wanted }
        queue.wake.signal()
        try await wait { $0.drain == .done }
    }

    package func drop() async {
        // From here on the producer is rejected, whatever the thread is doing.
        let utterance = closeUtterance()
        await perform(.cancel(utterance: utterance))
    }

    package func pause() async { await perform(.pause) }

    package func resume() async { await perform(.resume) }

    package func close() async {
        _ = closeUtterance()
        await perform(.close)
    }

    private func closeUtterance() -> Int {
        state.change { state in
            state.utterances.close(state.utterances.latest)
            return state.utterances.latest
        }
    }

    // MARK: Waiting for the thread

    private func post(_ command: PlaybackState.Command) -> Int {
        let number = state.change { $0.post(command) }
        queue.wake.signal()
        return number
    }

    /// Gives the thread a command and waits until it is done. Doesn't wait for a device that is still being opened and
    /// makes no sound, or for one that hangs.
    private func perform(_ command: PlaybackState.Command) async {
        let number = post(command)
        await watching(for: parameters.stopLimit) {
            await state.waitRegardless { $0.isDone(number) || !$0.isOpen || $0.isGivenUp ? () : nil }
        }
    }

    /// Waits until `condition` holds.
    ///
    /// - Throws: `CancellationError`, or the ``Fault`` of a device that failed.
    private func wait(until condition: @escaping @Sendable (inout PlaybackState) -> Bool) async throws {
        try await watching(for: parameters.stallLimit) {
            try await state.wait { condition(&$0) || $0.utterances.fault != nil ? () : nil }
        }
        try throwFault()
    }

    private func throwFault() throws {
        if let fault = state.read(\.utterances.fault) { throw fault }
    }

    // MARK: Devices that are away

    package func recover() async {
        guard isHanging else { return }
        _ = try? await withLimit(parameters.stallLimit, clock: clock) { try await self.waitUntilResponsive() }
    }

    package func recover(from fault: Fault, tell: (Notice) -> Void) async throws {
        guard fault.isOfDevice else { throw fault }
        let now = clock.now
        let (step, isFirst) = outage.withLock { outage in
            let isFirst = !outage.isOngoing
            return (outage.step(after: fault, at: now), isFirst)
        }
        switch step {
        case .retry(let pause):
            if isFirst { tell(.waiting(after: fault, atMost: parameters.deviceWait)) }
            try await clock.sleep(until: now.advanced(by: pause), tolerance: nil)
        case .fallBack: break
        case .giveUp: throw fault
        }
    }

    /// Notes that the device plays, if the report says so.
    private func note(_ report: PlaybackReport) {
        switch report {
        case .soundStart, .word:
            if outage.withLock({ $0.sounds() }) { tellReturn() }
        case .heard:
            let isPreferred = state.read(\.isPreferred)
            outage.withLock { $0.heard(isPreferred: isPreferred) }
        case .underrun, .starved, .notice, .failed: break
        }
    }

    private func tellReturn() {
        state.change { [parameters] state in
            guard state.isPreferred else { return }
            state.utterances.report(.notice(.back(parameters.device)), of: state.utterances.latest)
        }
    }

    // MARK: Devices that hang

    // Calls of alsa-lib can hang, even on a non-blocking device: a sound server that stopped responding blocks them for
    // 30 s, a driver for any length of time. A thread in such a call can't be freed, but those who wait for it can be:
    // they give the utterance up. Until the thread is back, everything fails at once; then the device is reopened.

    /// Whether the device hangs in a call that exceeded the limits of the parameters; utterances fail until it is back.
    package var isHanging: Bool { state.read(\.isGivenUp) }

    /// Waits until the device no longer hangs.
    ///
    /// - Throws: `CancellationError`.
    package func waitUntilResponsive() async throws {
        try await state.wait { $0.isGivenUp ? nil : () }
    }

    /// Runs `body`, which waits for the thread, and gives the utterance up if the thread is busy with one thing for
    /// `limit` meanwhile.
    private func watching(for limit: Duration, _ body: () async throws -> Void) async rethrows {
        // Not a child of this task, which may be cancelled: a sleep in it would end at once.
        let watch = Task { await giveUpIfBusy(for: limit) }
        func end() async {
            watch.cancel()
            // The utterance that it gives up must not be the next one.
            await watch.value
        }
        do { try await body() } catch {
            await end()
            throw error
        }
        await end()
    }

    private func giveUpIfBusy(for limit: Duration) async {
        let clock = MonotonicClock()
        var standstill = Standstill(limit: limit, at: state.read(\.busySince) ?? clock.now)
        while !Task.isCancelled {
            let now = clock.now
            standstill.noteProgress(at: state.read(\.busySince) ?? now)
            if standstill.isCertain(at: now) { return giveUp() }
            do { try await clock.sleep(until: standstill.nextLook, tolerance: nil) } catch { return }
        }
    }

    /// Ends the utterance with a fault, without the thread.
    private func giveUp() {
        state.change { [parameters] state in
            let utterance = state.utterances.latest
            state.utterances.fail(utterance, with: .hangs(parameters.device))
            state.utterances.end(utterance)
            state.isGivenUp = true
        }
        queue.wake.signal()
    }
}
