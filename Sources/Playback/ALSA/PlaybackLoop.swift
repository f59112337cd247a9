// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Glibc
import Synchronization
import Utterance

/// What the playback thread does: it alone touches the device.
///
/// Each turn: do what is commanded, see what was heard, feed the device, sleep. It sleeps on an `eventfd` and, while
/// the device is full, on the device's descriptors: about one turn a period while sound plays, none otherwise.
final class PlaybackLoop {
    let control: PlaybackControl
    var parameters: PlaybackParameters { control.parameters }
    let clock = MonotonicClock()

    var pcm: PCM?
    /// Nothing was written since it was opened for an utterance before: it may have died in the meantime.
    var isKept = false
    var feeder: Feeder
    var reporter: HeardReporter
    var map: FrameMap
    /// A pause of the listener's; nothing is fed.
    var isPaused = false
    /// Silence is played in place of sound.
    var isMuted = false
    /// The device began to play, with the first period or by order.
    var isStarted = false
    /// The device took less than there was.
    var isFull = false
    /// The device takes nothing until it is made ready again: it is dry, or the system slept.
    var isHalted = false
    /// The device was made ready again in this turn: the next one is due at once.
    var hasRecovered = false
    /// After the last turn there was sound to be played: a device that is dry now is so by our fault.
    var owed = false
    /// Silence still to be written behind the last sound; `nil` while the end is not near.
    var padding: Int?
    /// When the device, still running, was seen to have played everything.
    var idleSince: Moment?
    /// When the device last took or played a frame.
    var lastProgress = Moment(sinceZero: .zero)
    /// When the device is closed if nothing else comes.
    var closesAt: Moment?

    /// Ours first, then the device's.
    private var descriptors: [pollfd]
    /// The last turn was for the device, and yet it took nothing.
    var wasFruitless = false

    let silence = [Int16](repeating: 0, count: 4_096)

    init(control: PlaybackControl) {
        self.control = control
        let format = PCMFormat(rate: control.rate.load(ordering: .relaxed))
        feeder = Feeder(queue: control.queue, format: format)
        reporter = HeardReporter(queue: control.queue, reports: control.reports)
        map = FrameMap(format: format, origin: 0)
        descriptors = [pollfd(fd: control.wake.descriptor, events: Int16(POLLIN), revents: 0)]
    }

    /// Until it is told to close.
    func run() {
        utter_alsa_silence()
        markBusy()
        while true {
            if control.isGivenUp.load(ordering: .sequentiallyConsistent) { cleanUp() }
            for command in control.takeCommands() {
                perform(command)
                if case .close = command { return }
            }
            adoptMute()
            let seenSamples = control.queue.samples.end
            let seenMarks = control.queue.marks.end
            observe()
            if !isPaused, !isHalted { feed() }
            finishIfDrained()
            tell()
            closeIfDue()
            let awaitsSound = pcm != nil && !isPaused && !isFull && !isHalted
            control.queue.consumerSleeps.store(awaitsSound, ordering: .sequentiallyConsistent)
            let hasSound = control.queue.samples.end != seenSamples || control.queue.marks.end != seenMarks
            if awaitsSound, hasSound || hasRecovered {
                hasRecovered = false
                continue
            }
            sleep()
        }
    }

    /// Polls on what can make the next turn worth while.
    private func sleep() {
        let polled = isFull && !wasFruitless ? descriptors.count : 1
        var timeout: CInt = -1
        if let moment = nextTurn(from: clock.now) {
            let rest = clock.now.duration(to: moment)
            timeout = rest <= .zero ? 0 : CInt(clamping: rest.inNanoseconds / 1_000_000 + 1)
        }
        control.busySince.store(PlaybackControl.asleep, ordering: .sequentiallyConsistent)
        let ready = unsafe descriptors.withUnsafeMutableBufferPointer {
            unsafe Glibc.poll($0.baseAddress, nfds_t(polled), timeout)
        }
        markBusy()
        if ready > 0, descriptors[0].revents != 0 { control.wake.clear() }
        if polled > 1, ready > 0 {
            unsafe descriptors.withUnsafeMutableBufferPointer {
                unsafe pcm?.acknowledge(UnsafeMutableBufferPointer(rebasing: $0.dropFirst()))
            }
        }
    }

    /// From here on a call may hang.
    func markBusy() {
        control.busySince.store(clock.now.sinceZero.inNanoseconds, ordering: .sequentiallyConsistent)
    }

    /// When something is due that no descriptor tells of.
    private func nextTurn(from now: Moment) -> Moment? {
        guard pcm != nil, !isPaused, map.written > 0 || isHalted else { return closesAt }
        let period = now.advanced(by: parameters.periodTime)
        if isFull {
            return wasFruitless
                ? now.advanced(by: parameters.periodTime / 4) : lastProgress.advanced(by: parameters.stallLimit)
        }
        guard let end = map.playsOutAt else { return period }
        let awaited = control.awaitedAhead.load(ordering: .sequentiallyConsistent)
        let next = awaited > 0 ? end.advanced(by: .nanoseconds(-awaited)) : end
        return next > now ? min(next, period) : end > now ? min(end, period) : now.advanced(by: Self.margin)
    }

    /// Tells everybody where things stand, and wakes whom that concerns.
    func tell() {
        control.fed.store(feeder.position, ordering: .releasing)
        let now = clock.now
        let end = map.playsOutAt ?? now.advanced(by: map.format.duration(ofFrames: map.written))
        control.playsOutAt.store(end.sinceZero.inNanoseconds, ordering: .releasing)
        control.queue.samples.release(before: map.heardPosition - map.format.rate)

        let awaited = control.awaitedAhead.load(ordering: .sequentiallyConsistent)
        if awaited >= 0, control.ahead <= .nanoseconds(awaited) {
            control.awaitedAhead.store(-1, ordering: .sequentiallyConsistent)
            control.changes.ring()
        }
        control.reports.ring()
    }

    /// Has the loop sleep on this device's descriptors too.
    func poll(on pcm: borrowing PCM) throws(ALSAError) {
        descriptors.removeSubrange(1...)
        descriptors += try pcm.pollDescriptors()
    }

    /// A device that says it has played everything gets so long to be believed.
    static let margin = Duration.milliseconds(20)
}
