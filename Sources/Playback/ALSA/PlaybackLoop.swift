// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Channels
import Glibc
import Threads
import Utterance

/// The playback thread's loop; only it accesses the device.
///
/// Each turn executes commands, checks what was heard, feeds the device, and sleeps. It sleeps on an `eventfd` and,
/// while the device is full, on the device's descriptors: about one turn per period while sound plays, none otherwise.
final class PlaybackLoop {
    private let queue: SoundQueue
    private let parameters: PlaybackParameters
    private let clock = MonotonicClock()
    private let transport: SoundTransport
    /// When the device is closed if nothing else happens.
    private var closesAt: Moment?
    /// Ours first, then the device's.
    private var descriptors: [pollfd]

    init(queue: SoundQueue, parameters: PlaybackParameters) {
        self.queue = queue
        self.parameters = parameters
        transport = SoundTransport(queue: queue, parameters: parameters)
        descriptors = [pollfd(fd: queue.wake.descriptor, events: Int16(POLLIN), revents: 0)]
    }

    /// Runs until it is told to close.
    func run() {
        utter_alsa_silence()
        queue.markBusy()
        while true {
            if queue.state.read(\.isGivenUp) { cleanUp() }
            for command in queue.takeCommands() {
                perform(command)
                if case .close = command { return }
            }
            transport.adoptMute()
            let seen = (queue.samples.end, queue.marks.end)
            transport.observe()
            transport.feed()
            finishIfDrained()
            tell()
            closeIfDue()
            let awaitsSound = transport.awaitsSound
            queue.setQuietly { $0.awaitsSound = awaitsSound }
            let hasSound = (queue.samples.end, queue.marks.end) != seen
            if awaitsSound, transport.takeRecovery() || hasSound { continue }
            sleep()
        }
    }

    // MARK: Sleep

    /// Polls everything that can give the next turn something to do.
    private func sleep() {
        // The device's descriptors don't change while it is open.
        let ofDevice = transport.device.isFull && !transport.device.isStuck ? transport.device.descriptors : []
        descriptors.replaceSubrange(1..., with: ofDevice)
        var timeout: CInt = -1
        if let moment = nextTurn(from: clock.now) {
            let rest = clock.now.duration(to: moment).components
            // In ms, rounded up.
            let milliseconds = min(rest.seconds, 1_000_000) * 1_000 + rest.attoseconds / 1_000_000_000_000_000 + 1
            timeout = CInt(clamping: max(0, milliseconds))
        }
        queue.setQuietly { $0.busySince = nil }
        let ready = unsafe descriptors.withUnsafeMutableBufferPointer {
            unsafe Glibc.poll($0.baseAddress, nfds_t($0.count), timeout)
        }
        queue.markBusy()
        if ready > 0, descriptors[0].revents != 0 { queue.wake.clear() }
        if descriptors.count > 1, ready > 0 {
            unsafe descriptors.withUnsafeMutableBufferPointer {
                unsafe transport.device.acknowledge(UnsafeMutableBufferPointer(rebasing: $0.dropFirst()))
            }
        }
    }

    /// When something is due that no descriptor signals.
    private func nextTurn(from now: Moment) -> Moment? {
        let isBusy = transport.device.isOpen && (transport.device.hasFrames || transport.device.isHalted)
        guard isBusy, !transport.isPaused else { return closesAt }
        let period = now.advanced(by: parameters.periodTime)
        if transport.device.isStuck { return now.advanced(by: parameters.periodTime / 4) }
        if transport.device.isFull { return transport.standstill.nextLook }
        guard let end = transport.device.map.playsOutAt else { return period }
        let next = end.advanced(by: .zero - (queue.state.read(\.awaitedAhead) ?? .zero))
        if next > now { return min(next, period) }
        return end > now ? min(end, period) : now.advanced(by: SoundTransport.drainGrace)
    }

    // MARK: Publish

    /// Publishes the state, and wakes those who wait for it.
    private func tell() {
        let now = clock.now
        let map = transport.device.map
        let end = map.playsOutAt ?? now.advanced(by: map.format.duration(ofFrames: map.written))
        queue.samples.release(before: map.heardPosition - map.format.rate)
        queue.state.update { state in
            state.fed = transport.position
            state.playsOutAt = end
            let isReached = state.awaitedAhead.map { state.ahead(before: queue.samples.end, at: now) <= $0 } ?? false
            if isReached { state.awaitedAhead = nil }
            return isReached || state.utterances.hasReports
        }
    }

    // MARK: Commands

    private func perform(_ command: PlaybackState.Command) {
        switch command {
        case .open(let format, let utterance):
            // Its turn may come late, when nobody is waiting for it any more.
            if queue.latest == utterance {
                closesAt = nil
                transport.open(format, for: utterance)
            }
        case .cancel(let utterance):
            transport.silence()
            queue.setQuietly { $0.drain = .none }
            transport.end(utterance)
        case .pause: transport.pause()
        case .resume:
            if transport.isPaused { closesAt = nil }
            transport.resume()
        case .close:
            transport.silence()
            transport.closeDevice()
            transport.end(queue.latest)
        }
        tell()
        queue.state.change { $0.completeCommand() }
        switch command {
        case .cancel: retire()
        case .pause where transport.isPaused: retire(keepsMemory: true)
        default: break
        }
    }

    /// Ends an utterance once all of it was heard.
    private func finishIfDrained() {
        guard queue.isDraining, transport.isDrained else { return }
        // This also removes the marks of silent pieces that no sound followed.
        transport.end(queue.latest)
        tell()
        queue.state.change { $0.drain = .done }
        retire()
    }

    /// Nothing is played for now: closes the device, at once or after a while.
    private func retire(keepsMemory: Bool = false) {
        if !keepsMemory { queue.samples.release(before: transport.position, returnsMemory: true) }
        guard transport.device.isOpen else { return }
        closesAt = clock.now.advanced(by: parameters.keepOpen)
        guard parameters.keepOpen > .zero else { return closeIfDue() }
        do throws(ALSAError) {
            try transport.makeReady()
        } catch {
            // It can be reopened when it is needed.
            closesAt = clock.now
        }
    }

    private func closeIfDue() {
        guard let moment = closesAt, moment <= clock.now else { return }
        closesAt = nil
        transport.closeDevice()
        transport.forgetFrames()
    }

    /// Cleans up after a call that hung until nobody was waiting for it any more.
    private func cleanUp() {
        closesAt = nil
        queue.setQuietly { $0.drain = .none }
        transport.end(queue.latest)
        transport.closeDevice()
        tell()
        queue.state.change { $0.isGivenUp = false }
    }
}
