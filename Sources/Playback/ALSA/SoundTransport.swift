// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Utterance

/// Moves sound from the queue to the device: feeds it, checks what was heard, and recovers from errors. For the
/// playback thread.
final class SoundTransport {
    private let queue: SoundQueue
    private let parameters: PlaybackParameters
    private let clock = MonotonicClock()
    private var choice: DeviceChoice
    private(set) var device: ALSADevice
    private var feeder: Feeder
    private var reporter: HeardReporter
    /// Whether the listener has paused; then nothing is fed.
    private(set) var isPaused = false
    private var isMuted = false
    /// Whether there was sound to play after the last turn. If the device is dry now, it is our fault.
    private var owed = false
    /// Whether the device was prepared again, so that there may be more to do at once.
    private var hasRecovered = false
    /// Frames of silence still to be written after the last sound; `nil` until the end is near.
    private var padding: Int?
    /// Whether the device accepts or plays frames.
    private(set) var standstill: Standstill

    /// How long a device that says it has played everything must say so before it is believed.
    static let drainGrace = Duration.milliseconds(20)

    init(queue: SoundQueue, parameters: PlaybackParameters) {
        self.queue = queue
        self.parameters = parameters
        let format = queue.state.read(\.format)
        choice = DeviceChoice(parameters)
        device = ALSADevice(name: parameters.device, format: format)
        feeder = Feeder(queue: queue, format: format)
        reporter = HeardReporter(queue: queue)
        standstill = Standstill(limit: parameters.stallLimit, at: clock.now)
    }

    /// The position of the next sample for the device.
    var position: Int { feeder.position }

    /// Whether there is nothing to do until sound comes.
    var awaitsSound: Bool { device.isOpen && !isPaused && !device.isFull && !device.isHalted }

    /// Whether the device was prepared again since the last call.
    func takeRecovery() -> Bool {
        defer { hasRecovered = false }
        return hasRecovered
    }

    // MARK: Open, pause, end

    /// Uses the device that was kept open, or opens it. A fallback device is only used for one utterance.
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
        standstill.noteProgress(at: clock.now)
        let isPreferred = device.isPreferred
        queue.state.change { ($0.format, $0.isOpen, $0.isPreferred) = (format, true, isPreferred) }
    }

    func closeDevice() {
        device.close()
        queue.state.change { $0.isOpen = false }
    }

    /// Silences the device, and checks for the last time what was heard.
    func silence() {
        guard device.hasFrames else { return }
        device.cancel(at: clock.now)
        reporter.advance(to: device.map.heardPosition, of: device.map)
    }

    /// Silences the device, and goes back to the beginning of the word that was sounding, if it is still kept.
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

    /// Continues after a pause.
    func resume() {
        guard isPaused else { return }
        isPaused = false
        open(device.map.format, for: queue.latest)
    }

    /// Replays, muted or not, what the device has but has not played.
    func adoptMute() {
        let wanted = queue.state.read(\.isMuted)
        guard wanted != isMuted else { return }
        isMuted = wanted
        guard !isPaused, device.hasFrames else { return }
        silence()
        trying { () throws(ALSAError) in try playAgainFromHeard() }
    }

    /// Ends the utterance: nothing more of it is played or reported.
    func end(_ utterance: Int) {
        isPaused = false
        reporter.end(utterance: utterance)
        feeder.discard(through: utterance)
        forgetFrames()
    }

    /// Whether everything was heard and nothing more is to come.
    var isDrained: Bool {
        !isPaused && !device.hasFrames && feeder.next(at: clock.now) == .nothing && !feeder.owes
    }

    // MARK: Feed

    /// Gives the device what there is, as far as it accepts it.
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
                let count = try play(portion)
                feeder.took(portion, count)
                wrote = wrote || count > 0
                try device.startIfDue(at: now) { feeder.next(at: now) == .nothing && !feeder.owes }
                if count == 0 { break }
            }
        }
        owed = feeder.owes
        if wasFull, !wrote { device.noteStuck() }
        if wrote { standstill.noteProgress(at: clock.now) }
    }

    /// - Returns: how many frames the device accepted: 0 if it is full, or if there is nothing for it.
    private func play(_ portion: Feeder.Portion) throws(ALSAError) -> Int {
        switch portion {
        case .nothing:
            guard let frames = paddingDue() else { return 0 }
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

    /// At the end of an utterance, a little silence up to a whole period, so that the last word is not cut off.
    private func paddingDue() -> Int? {
        guard queue.isDraining, device.hasFrames, !feeder.owes else { return nil }
        let least = device.map.format.frames(in: Self.drainGrace)
        let period = device.periodSize
        let frames = padding ?? least + (period - (device.map.written + least) % period) % period
        return frames > 0 ? frames : nil
    }

    /// Prepares the device again.
    func makeReady() throws(ALSAError) {
        padding = nil
        try device.makeReady(at: feeder.position)
    }

    /// Restarts the frame count: what the device has is not wanted any more.
    func forgetFrames() {
        padding = nil
        device.forget(at: feeder.position)
    }

    // MARK: Observe

    /// Checks what has been heard, and what state the device is in.
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
        if device.map.heard > heardBefore { standstill.noteProgress(at: now) }
        if device.isHalted, owed {
            recover(from: .dry, at: now)
        } else if device.isPlayedOut {
            if !owed { everythingWasHeard(at: now) }
        } else {
            failIfStalled(at: now)
        }
    }

    private func failIfStalled(at now: Moment) {
        guard standstill.isCertain(at: now) else { return }
        fail(.stalled(device.name, for: parameters.stallLimit))
    }

    /// The device has played everything it had, and there was no more when it was last checked.
    private func everythingWasHeard(at now: Moment) {
        if let end = device.map.moment(ofEndAt: feeder.position) { feeder.soundEnded(at: end, forWantOfText: true) }
        if !device.isHalted, padding == nil {
            // It is still running, and may have its last frames in a place that its delay doesn't include.
            let since = device.notePlayedOut(at: now)
            guard !queue.isDraining, since.duration(to: now) >= Self.drainGrace else { return }
        }
        // A new utterance may come, or the device may be about to be closed.
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

    /// Recovers from an error of the device; fails if it is gone.
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

    /// The system was suspended. Some devices continue where they were; others start over.
    private func recoverFromSuspension(at now: Moment) throws(ALSAError) {
        do throws(ALSAError) {
            if try !device.wake() { failIfStalled(at: now) }
        } catch {
            try playAgainFromHeard()
        }
    }

    /// Prepares the device again, and replays what it accepted but never played.
    private func playAgainFromHeard() throws(ALSAError) {
        if device.map.heardPosition < feeder.position {
            feeder.rewind(to: device.map.heardPosition, inPiece: reporter.soundingWord != nil)
        } else if let end = device.map.moment(ofEndAt: feeder.position) {
            feeder.soundEnded(at: end, forWantOfText: false)
            reporter.notePlayedOut(upTo: feeder.position, at: end)
        }
        try makeReady()
        hasRecovered = true
    }

    /// Gives up the device; the utterance ends here, and the next one reopens it.
    private func fail(_ fault: Fault, utterance: Int? = nil) {
        let utterance = utterance ?? queue.latest
        reporter.report(.failed(fault), utterance: utterance)
        queue.state.change { $0.utterances.fail(utterance, with: fault) }
        end(utterance)
        closeDevice()
    }
}
