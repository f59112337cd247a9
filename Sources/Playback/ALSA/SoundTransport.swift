// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Utterance

/// Moves the sound from the queue through the device to the ear: it feeds the device, sees what was heard, and goes on
/// after what a device may do to us. For the playback thread.
final class SoundTransport {
    private let queue: SoundQueue
    private let parameters: PlaybackParameters
    private let clock = MonotonicClock()
    private var choice: DeviceChoice
    private(set) var device: ALSADevice
    private var feeder: Feeder
    private var reporter: HeardReporter
    /// A pause of the listener's; nothing is fed.
    private(set) var isPaused = false
    private var isMuted = false
    /// After the last turn there was sound to be played: a device that is dry now is so by our fault.
    private var owed = false
    /// The device was made ready again: there may be more to be done at once.
    private var hasRecovered = false
    /// Silence still to be written behind the last sound; `nil` while the end is not near.
    private var padding: Int?
    /// When the device last took or played a frame.
    private(set) var lastProgress = Moment(sinceZero: .zero)

    /// A device that says it has played everything gets so long to be believed.
    static let drainGrace = Duration.milliseconds(20)

    init(queue: SoundQueue, parameters: PlaybackParameters) {
        self.queue = queue
        self.parameters = parameters
        let format = queue.state.read(\.format)
        choice = DeviceChoice(parameters)
        device = ALSADevice(name: parameters.device, format: format)
        feeder = Feeder(queue: queue, format: format)
        reporter = HeardReporter(queue: queue)
    }

    /// The next sample for the device.
    var position: Int { feeder.position }

    /// It has nothing to do until sound comes.
    var awaitsSound: Bool { device.isOpen && !isPaused && !device.isFull && !device.isHalted }

    /// Whether the device was made ready again since this was asked last.
    func takeRecovery() -> Bool {
        defer { hasRecovered = false }
        return hasRecovered
    }

    // MARK: Open, pause, end

    /// Uses the device that was kept open, or opens it. One in the preferred one's place is used for one utterance.
    func open(_ format: PCMFormat, for utterance: Int) {
        if !device.isPreferred || !device.reuse(for: format) { openAnew(format, for: utterance) }
    }

    private func openAnew(_ format: PCMFormat, for utterance: Int) {
        closeDevice()
        do throws(Fault) {
            let fallsBack = queue.state.read(\.fallsBack)
            let notice = try device.open(&choice, format, fallsBack: fallsBack, at: feeder.position)
            if let notice { reporter.report(.notice(notice), utterance: utterance) }
        } catch {
            return fail(error, utterance: utterance)
        }
        feeder.format = format
        feeder.deviceOpened(leadIn: parameters.leadIn)
        padding = nil
        lastProgress = clock.now
        let isPreferred = device.isPreferred
        queue.state.change { ($0.format, $0.isOpen, $0.isPreferred) = (format, true, isPreferred) }
    }

    func closeDevice() {
        device.close()
        queue.state.change { $0.isOpen = false }
    }

    /// Silence, and a last look at what was heard.
    func silence() {
        guard device.hasFrames else { return }
        device.cancel(at: clock.now)
        reporter.advance(to: device.map.heardPosition, of: device.map)
    }

    /// Silence, and back to the beginning of the word that was sounding, as far as it is still kept.
    func pause() {
        guard !isPaused else { return }
        isPaused = true
        if device.hasFrames {
            silence()
            let word = reporter.soundingWord
            feeder.rewind(to: word ?? device.map.heardPosition, inPiece: word != nil)
        }
        forgetFrames()
    }

    /// Goes on after a pause.
    func resume() {
        guard isPaused else { return }
        isPaused = false
        open(device.map.format, for: queue.latest)
    }

    /// Plays what the device has, and has not played, again as it is to sound from now on.
    func adoptMute() {
        let wanted = queue.state.read(\.isMuted)
        guard wanted != isMuted else { return }
        isMuted = wanted
        guard !isPaused, device.hasFrames else { return }
        silence()
        trying { () throws(ALSAError) in try playAgainFromHeard() }
    }

    /// Ends the utterance: nothing more of it is played or told.
    func end(_ utterance: Int) {
        isPaused = false
        reporter.end(utterance: utterance)
        feeder.discard(through: utterance)
        forgetFrames()
    }

    /// Whether everything that was there has been heard, and nothing is to come.
    var isDrained: Bool {
        !isPaused && !device.hasFrames && feeder.next(at: clock.now) == .nothing && !feeder.owes
    }

    // MARK: Feed

    /// Gives the device what there is, as far as it takes it.
    func feed() {
        let wasFull = device.isFull
        var wrote = false
        guard !isPaused, !device.isHalted else { return }
        device.expectRoom()
        trying { () throws(ALSAError) in
            while device.isOpen, !device.isFull, !queue.state.read(\.hasCommands) {
                queue.markBusy()
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
        guard queue.isDraining, device.hasFrames, !feeder.owes else { return nil }
        let least = device.map.format.frames(in: Self.drainGrace)
        let period = device.periodSize
        let frames = padding ?? least + (period - (device.map.written + least) % period) % period
        return frames > 0 ? frames : nil
    }

    /// Makes the device ready again.
    func makeReady() throws(ALSAError) {
        padding = nil
        try device.makeReady(at: feeder.position)
    }

    /// What the device has is no longer wanted: the count of its frames begins again.
    func forgetFrames() {
        padding = nil
        device.forget(at: feeder.position)
    }

    // MARK: Observe

    /// Sees what has been heard, and what has become of the device.
    func observe() {
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
        } else {
            failIfStalled(at: now)
        }
    }

    private func failIfStalled(at now: Moment) {
        guard lastProgress.duration(to: now) >= parameters.stallLimit else { return }
        fail(.stalled(device.name, for: parameters.stallLimit))
    }

    /// The device has played what it had, and when last seen there was no more.
    private func everythingWasHeard(at now: Moment) {
        if let end = device.map.moment(ofEndAt: feeder.position) { feeder.soundEnded(at: end, forWantOfText: true) }
        if !device.isHalted, padding == nil {
            // It still runs, and may have its last frames in a corner that its delay does not count.
            let since = device.notePlayedOut(at: now)
            guard !queue.isDraining, since.duration(to: now) >= Self.drainGrace else { return }
        }
        // A new utterance may come, or never: in the second case the device is about to be closed.
        if queue.isDraining { return forgetFrames() }
        trying { () throws(ALSAError) in try makeReady() }
    }

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
                openAnew(device.map.format, for: queue.latest)
                hasRecovered = true
            case .dry where !owed && device.hasFrames: device.halt()
            case .dry: try recoverFromUnderrun(at: now)
            case .suspended: try recoverFromSuspension(at: now)
            default: throw error
            }
        } catch {
            fail(.lost(device.name, error))
        }
    }

    private func recoverFromUnderrun(at now: Moment) throws(ALSAError) {
        device.extrapolate(to: now)
        reporter.advance(to: device.map.heardPosition, of: device.map)
        reporter.report(.underrun(at: min(device.map.playsOutAt ?? now, now)))
        try playAgainFromHeard()
    }

    /// The system slept. Some devices go on where they were; the others start over.
    private func recoverFromSuspension(at now: Moment) throws(ALSAError) {
        do throws(ALSAError) {
            if try !device.wake() { failIfStalled(at: now) }
        } catch {
            try playAgainFromHeard()
        }
    }

    /// Makes the device ready again, and plays again what it took but never played.
    private func playAgainFromHeard() throws(ALSAError) {
        if device.map.heardPosition < feeder.position {
            feeder.rewind(to: device.map.heardPosition, inPiece: reporter.soundingWord != nil)
        } else if let end = device.map.moment(ofEndAt: feeder.position) {
            feeder.soundEnded(at: end, forWantOfText: false)
        }
        try makeReady()
        hasRecovered = true
    }

    /// The device is of no more use; the utterance ends here, and the next one reopens it.
    private func fail(_ fault: Fault, utterance: Int? = nil) {
        let utterance = utterance ?? queue.latest
        reporter.report(.failed(fault), utterance: utterance)
        queue.state.change { $0.utterances.fail(utterance, with: fault) }
        end(utterance)
        closeDevice()
    }
}
