// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Channels
import Glibc
import Utterance

/// What the playback thread does: it alone touches the device.
///
/// Each turn: do what is commanded, see what was heard, feed the device, sleep. It sleeps on an `eventfd` and, while
/// the device is full, on the device's descriptors: about one turn a period while sound plays, none otherwise.
final class PlaybackLoop {
    private let queue: SoundQueue
    private let parameters: PlaybackParameters
    private let clock = MonotonicClock()
    private var device: ALSADevice
    private var feeder: Feeder
    private var reporter: HeardReporter
    /// A pause of the listener's; nothing is fed.
    private var isPaused = false
    private var isMuted = false
    /// After the last turn there was sound to be played: a device that is dry now is so by our fault.
    private var owed = false
    /// The device was made ready again in this turn: the next one is due at once.
    private var hasRecovered = false
    /// Silence still to be written behind the last sound; `nil` while the end is not near.
    private var padding: Int?
    /// When the device last took or played a frame.
    private var lastProgress = Moment(sinceZero: .zero)
    /// When the device is closed if nothing else comes.
    private var closesAt: Moment?
    /// Ours first, then the device's.
    private var descriptors: [pollfd]

    /// A device that says it has played everything gets so long to be believed.
    private static let drainGrace = Duration.milliseconds(20)

    init(queue: SoundQueue, parameters: PlaybackParameters) {
        self.queue = queue
        self.parameters = parameters
        let format = queue.state.current.format
        device = ALSADevice(format: format)
        feeder = Feeder(queue: queue, format: format)
        reporter = HeardReporter(queue: queue)
        descriptors = [pollfd(fd: queue.wake.descriptor, events: Int16(POLLIN), revents: 0)]
    }

    /// Until it is told to close.
    func run() {
        utter_alsa_silence()
        markBusy()
        while true {
            if queue.state.current.isGivenUp { cleanUp() }
            for command in takeCommands() {
                perform(command)
                if case .close = command { return }
            }
            adoptMute()
            let seen = (queue.samples.end, queue.marks.end)
            observe()
            if !isPaused, !device.isHalted { feed() }
            finishIfDrained()
            tell()
            closeIfDue()
            let awaitsSound = device.isOpen && !isPaused && !device.isFull && !device.isHalted
            setQuietly { $0.awaitsSound = awaitsSound }
            let hasSound = (queue.samples.end, queue.marks.end) != seen
            if awaitsSound, hasSound || hasRecovered {
                hasRecovered = false
                continue
            }
            sleep()
        }
    }

    // MARK: Sleep

    /// Polls on what can make the next turn worth while.
    private func sleep() {
        let polled = device.isFull && !device.isStuck ? descriptors.count : 1
        var timeout: CInt = -1
        if let moment = nextTurn(from: clock.now) {
            let rest = clock.now.duration(to: moment)
            timeout = rest <= .zero ? 0 : CInt(clamping: Int(min(rest.inMilliseconds, 1e9)) + 1)
        }
        setQuietly { $0.busySince = nil }
        let ready = unsafe descriptors.withUnsafeMutableBufferPointer {
            unsafe Glibc.poll($0.baseAddress, nfds_t(polled), timeout)
        }
        markBusy()
        if ready > 0, descriptors[0].revents != 0 { queue.wake.clear() }
        if polled > 1, ready > 0 {
            unsafe descriptors.withUnsafeMutableBufferPointer {
                unsafe device.acknowledge(UnsafeMutableBufferPointer(rebasing: $0.dropFirst()))
            }
        }
    }

    /// From here on a call may hang.
    private func markBusy() {
        let now = clock.now
        setQuietly { $0.busySince = now }
    }

    /// When something is due that no descriptor tells of.
    private func nextTurn(from now: Moment) -> Moment? {
        guard device.isOpen, !isPaused, device.hasFrames || device.isHalted else { return closesAt }
        let period = now.advanced(by: parameters.periodTime)
        if device.isStuck { return now.advanced(by: parameters.periodTime / 4) }
        if device.isFull { return lastProgress.advanced(by: parameters.stallLimit) }
        guard let end = device.map.playsOutAt else { return period }
        let next = end.advanced(by: .zero - (queue.state.current.awaitedAhead ?? .zero))
        return next > now ? min(next, period) : end > now ? min(end, period) : now.advanced(by: Self.drainGrace)
    }

    // MARK: Tell

    /// Changes what nobody waits for.
    private func setQuietly(_ change: (inout PlaybackState) -> Void) {
        queue.state.update { state in
            change(&state)
            return false
        }
    }

    /// Tells everybody where things stand, and wakes whom that concerns.
    private func tell() {
        let now = clock.now
        let end = device.map.playsOutAt ?? now.advanced(by: device.map.format.duration(ofFrames: device.map.written))
        queue.samples.release(before: device.map.heardPosition - device.map.format.rate)
        queue.state.update { state in
            state.fed = feeder.position
            state.playsOutAt = end
            let isReached = state.awaitedAhead.map { state.ahead(before: queue.samples.end, at: now) <= $0 } ?? false
            if isReached { state.awaitedAhead = nil }
            return isReached || state.utterances.hasReports
        }
    }

    /// Something else to be known than what was heard, about the utterance that is heard or another one.
    private func end(_ utterance: Int) {
        reporter.end(utterance: utterance)
        feeder.discard(through: utterance)
        forgetFrames()
        tell()
    }

    private var latest: Int { queue.state.current.utterances.latest }

    private var isDraining: Bool { queue.state.current.drain == .wanted }

    // MARK: Commands

    private func takeCommands() -> [PlaybackState.Command] {
        var commands: [PlaybackState.Command] = []
        queue.state.update { state in
            commands = state.takeCommands()
            return false
        }
        return commands
    }

    private func perform(_ command: PlaybackState.Command) {
        switch command {
        case .open(let format, let utterance):
            // Its turn may come late, when nobody waits for it any more.
            if latest == utterance { open(format, for: utterance) }
        case .cancel(let utterance):
            silence()
            isPaused = false
            setQuietly { $0.drain = .none }
            end(utterance)
        case .pause: pause()
        case .resume:
            if isPaused {
                isPaused = false
                open(device.map.format, for: latest)
            }
        case .close:
            silence()
            closeDevice()
            reporter.end(utterance: latest)
            tell()
        }
        queue.state.change { $0.completeCommand() }
        switch command {
        case .cancel: retire()
        case .pause where isPaused: retire(keepsMemory: true)
        default: break
        }
    }

    /// Uses the device that was kept open, or opens it.
    private func open(_ format: PCMFormat, for utterance: Int) {
        closesAt = nil
        if !device.reuse(for: format) { openAnew(format, for: utterance) }
    }

    private func openAnew(_ format: PCMFormat, for utterance: Int) {
        closeDevice()
        do throws(Fault) {
            let name = try device.open(parameters, format, at: feeder.position)
            if name != parameters.device {
                reporter.report(.notice(.converted(parameters, by: name)), utterance: utterance)
            }
            do throws(ALSAError) {
                descriptors.removeSubrange(1...)
                descriptors += try device.pollDescriptors()
            } catch {
                throw .lost(parameters, error)
            }
        } catch {
            return fail(error, utterance: utterance)
        }
        feeder.format = format
        padding = nil
        lastProgress = clock.now
        queue.state.change { state in
            state.format = format
            state.isOpen = true
        }
    }

    /// Silence, and a last look at what was heard.
    private func silence() {
        guard device.hasFrames else { return }
        device.cancel(at: clock.now)
        reporter.advance(to: device.map.heardPosition, of: device.map)
    }

    /// Silence, and back to the beginning of the word that was sounding, as far as it is still kept.
    private func pause() {
        guard !isPaused else { return }
        isPaused = true
        if device.hasFrames {
            silence()
            let word = reporter.soundingWord
            feeder.rewind(to: word ?? device.map.heardPosition, inPiece: word != nil)
        }
        forgetFrames()
        tell()
    }

    /// Plays what the device has, and has not played, again as it is to sound from now on.
    private func adoptMute() {
        let wanted = queue.state.current.isMuted
        guard wanted != isMuted else { return }
        isMuted = wanted
        guard !isPaused, device.hasFrames else { return }
        silence()
        trying { () throws(ALSAError) in try playAgainFromHeard() }
    }

    /// Nothing is played for now: the device is closed, at once or after a while.
    private func retire(keepsMemory: Bool = false) {
        if !keepsMemory { queue.samples.release(before: feeder.position, returnsMemory: true) }
        guard device.isOpen else { return }
        closesAt = clock.now.advanced(by: parameters.keepOpen)
        guard parameters.keepOpen > .zero else { return closeIfDue() }
        do throws(ALSAError) {
            try makeReady()
        } catch {
            // It can be opened anew when it is needed.
            closesAt = clock.now
        }
    }

    private func closeIfDue() {
        guard let moment = closesAt, moment <= clock.now else { return }
        closesAt = nil
        closeDevice()
        forgetFrames()
    }

    private func closeDevice() {
        device.close()
        queue.state.change { $0.isOpen = false }
    }

    // MARK: Feed

    /// Gives the device what there is, as far as it takes it.
    private func feed() {
        let wasFull = device.isFull
        var wrote = false
        device.expectRoom()
        trying { () throws(ALSAError) in
            while device.isOpen, !device.isFull, !queue.state.current.hasCommands {
                markBusy()
                let now = clock.now
                let portion = feeder.next(at: now)
                if let since = feeder.takeStarvation() { reporter.report(.starved(at: since)) }
                guard let count = try play(portion) else { break }
                feeder.took(portion, count)
                wrote = wrote || count > 0
                try device.startIfDue(at: now) { feeder.next(at: now) == .nothing && !feeder.owes }
                if count == 0 { break }
            }
        }
        owed = feeder.owes
        if wasFull, !wrote { device.noteStuck() }
        if wrote { lastProgress = clock.now }
    }

    /// - Returns: how many frames the device took, 0 if it is full; `nil` if there is nothing for it.
    private func play(_ portion: Feeder.Portion) throws(ALSAError) -> Int? {
        switch portion {
        case .nothing:
            guard let frames = paddingDue() else { return nil }
            let count = try device.pad(frames)
            padding = frames - count
            return count
        case .silence(let frames):
            return try device.playSilence(frames, before: feeder.position)
        case .sound(let range):
            if isMuted { return try device.playMuted(range.count, at: range.lowerBound) }
            return try queue.samples.withSamples(in: range) { (samples) throws(ALSAError) in
                try device.play(samples, at: range.lowerBound)
            }
        }
    }

    /// At the end of an utterance: a little silence, to a whole period, so that nothing of the last word is cut.
    private func paddingDue() -> Int? {
        guard isDraining, device.hasFrames, !feeder.owes else { return nil }
        let least = device.map.format.frames(in: Self.drainGrace)
        let period = device.periodSize
        let frames = padding ?? least + (period - (device.map.written + least) % period) % period
        return frames > 0 ? frames : nil
    }

    /// Makes the device ready anew.
    private func makeReady() throws(ALSAError) {
        padding = nil
        try device.makeReady(at: feeder.position)
    }

    /// What the device has is not wanted any more: the count of its frames begins again.
    private func forgetFrames() {
        padding = nil
        device.forget(at: feeder.position)
    }

    // MARK: Observe

    /// Sees what has been heard, and what has become of the device.
    private func observe() {
        let now = clock.now
        let heardBefore = device.map.heard
        switch device.look(at: now) {
        case .nothing: return
        case .playing, .dry: break
        case .suspended: return recover(from: .suspended, at: now)
        case .failed(let error): return recover(from: error, at: now)
        }
        reporter.advance(to: device.map.heardPosition, of: device.map)
        device.forgetHeard()
        if device.map.heard > heardBefore { lastProgress = now }
        if device.isHalted, owed {
            recover(from: .dry, at: now)
        } else if device.isPlayedOut {
            if !owed { everythingWasHeard(at: now) }
        } else if lastProgress.duration(to: now) >= parameters.stallLimit {
            fail(.stalled(parameters))
        }
    }

    /// The device has played what it had, and when last seen there was no more.
    private func everythingWasHeard(at now: Moment) {
        if let end = device.map.moment(ofEndAt: feeder.position) { feeder.soundEnded(at: end, forWantOfText: true) }
        if !device.isHalted, padding == nil {
            // It still runs, and may have its last frames in a corner that its delay does not count.
            let since = device.notePlayedOut(at: now)
            guard !isDraining, since.duration(to: now) >= Self.drainGrace else { return }
        }
        // A new utterance may come, or never: in the second case the device is about to be closed.
        if isDraining { return forgetFrames() }
        trying { () throws(ALSAError) in try makeReady() }
    }

    /// Ends an utterance of which everything was heard.
    private func finishIfDrained() {
        guard isDraining, !isPaused, !device.hasFrames, feeder.next(at: clock.now) == .nothing, !feeder.owes else {
            return
        }
        // The marks of pieces without sound that none with sound came after go, too.
        end(latest)
        queue.state.change { $0.drain = .done }
        retire()
    }

    // MARK: Recover

    private func trying(_ body: () throws(ALSAError) -> Void) {
        do throws(ALSAError) {
            try body()
        } catch {
            recover(from: error, at: clock.now)
        }
    }

    /// Goes on after what a device may do to us; fails if it is gone.
    private func recover(from error: ALSAError, at now: Moment) {
        do throws(ALSAError) {
            switch error {
            case _ where device.isKept:
                // It died while it was kept open for this utterance, and may be back.
                openAnew(device.map.format, for: latest)
                hasRecovered = true
            case .dry where !owed && device.hasFrames: device.halt()
            case .dry: try recoverFromUnderrun(at: now)
            case .suspended: try recoverFromSuspension(at: now)
            default: throw error
            }
        } catch {
            fail(.lost(parameters, error))
        }
    }

    private func recoverFromUnderrun(at now: Moment) throws(ALSAError) {
        device.extrapolate(to: now)
        reporter.advance(to: device.map.heardPosition, of: device.map)
        reporter.report(.underrun(at: min(device.map.playsOutAt ?? now, now)))
        try playAgainFromHeard()
    }

    /// The system slept. Some devices go on where they were; the others begin anew.
    private func recoverFromSuspension(at now: Moment) throws(ALSAError) {
        do throws(ALSAError) {
            let isAwake = try device.wake()
            if !isAwake, lastProgress.duration(to: now) >= parameters.stallLimit { fail(.stalled(parameters)) }
        } catch {
            try playAgainFromHeard()
        }
    }

    /// Makes the device ready anew, and plays again what it took but never played.
    private func playAgainFromHeard() throws(ALSAError) {
        if device.map.heardPosition < feeder.position {
            feeder.rewind(to: device.map.heardPosition, inPiece: reporter.soundingWord != nil)
        } else if let end = device.map.moment(ofEndAt: feeder.position) {
            feeder.soundEnded(at: end, forWantOfText: false)
        }
        try makeReady()
        hasRecovered = true
    }

    /// The device is of no more use; the utterance ends here, and the next one opens it anew.
    private func fail(_ fault: Fault, utterance: Int? = nil) {
        let utterance = utterance ?? latest
        closesAt = nil
        reporter.report(.failed(fault), utterance: utterance)
        queue.state.change { $0.utterances.fail(utterance, with: fault) }
        end(utterance)
        closeDevice()
    }

    /// A call hung until nobody waited any more for what it was for.
    private func cleanUp() {
        isPaused = false
        closesAt = nil
        setQuietly { $0.drain = .none }
        end(latest)
        closeDevice()
        queue.state.change { $0.isGivenUp = false }
    }
}
