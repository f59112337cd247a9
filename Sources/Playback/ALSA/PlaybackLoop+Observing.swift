// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

extension PlaybackLoop {
    var isDraining: Bool { control.isDraining.load(ordering: .sequentiallyConsistent) }

    /// Sees what has been heard, and what has become of the device.
    func observe() {
        guard map.written > 0 || isHalted, let state = pcm?.state() else { return }
        let now = clock.now
        let heardBefore = map.heard
        switch state {
        case .prepared:
            isHalted = false
            return
        case .running(let delay): map.observe(delay: delay, at: now)
        case .dry: map.extrapolate(to: now)
        case .suspended: return recover(from: .suspended, at: now)
        case .failed(let error): return recover(from: error, at: now)
        }
        reporter.advance(to: map.heardPosition, of: map)
        map.forgetHeard()
        if map.heard > heardBefore { lastProgress = now }
        isHalted = state == .dry

        if isHalted, owed {
            recover(from: .dry, at: now)
        } else if map.heard == map.written {
            if !owed { everythingWasHeard(at: now) }
        } else if lastProgress.duration(to: now) >= parameters.stallLimit {
            fail(.stalled(parameters))
        }
    }

    /// The device has played what it had, and when last seen there was no more.
    private func everythingWasHeard(at now: Moment) {
        if let end = map.moment(ofEndAt: feeder.position) { feeder.soundEnded(at: end, forWantOfText: true) }
        if !isHalted, padding == nil {
            // It still runs, and may have its last frames in a corner that its delay does not count.
            let since = idleSince ?? now
            idleSince = since
            guard !isDraining, since.duration(to: now) >= Self.margin else { return }
        }
        do throws(ALSAError) {
            // A new utterance may come, or never: in the second case the device is about to be closed.
            if isDraining { forgetFrames() } else { try restart() }
        } catch {
            recover(from: error, at: now)
        }
    }

    /// Ends an utterance of which everything was heard.
    func finishIfDrained() {
        guard isDraining, !isPaused, map.written == 0, feeder.next(at: clock.now) == .nothing, !feeder.owes else {
            return
        }
        let utterance = control.queue.gate.latest
        reporter.end(utterance: utterance)
        // The marks of pieces without sound that none with sound came after.
        feeder.discard(through: utterance)
        tell()
        control.isDraining.store(false, ordering: .sequentiallyConsistent)
        control.isDrained.store(true, ordering: .sequentiallyConsistent)
        control.changes.ring()
        retire()
    }

    /// Goes on after what a device may do to us; fails if it is gone.
    func recover(from error: ALSAError, at now: Moment) {
        do throws(ALSAError) {
            switch error {
            case _ where isKept:
                // It died while it was kept open for this utterance, and may be back.
                openAnew(map.format, for: control.queue.gate.latest)
                hasRecovered = true
            case .dry where !owed && map.written > 0: isHalted = true
            case .dry: try recoverFromUnderrun(at: now)
            case .suspended: try recoverFromSuspension(at: now)
            default: throw error
            }
        } catch {
            fail(.lost(parameters, error))
        }
    }

    private func recoverFromUnderrun(at now: Moment) throws(ALSAError) {
        map.extrapolate(to: now)
        reporter.advance(to: map.heardPosition, of: map)
        reporter.report(.underrun(at: min(map.playsOutAt ?? now, now)))
        try playAgainFromHeard()
    }

    /// The system slept. Some devices go on where they were; the others begin anew.
    private func recoverFromSuspension(at now: Moment) throws(ALSAError) {
        do throws(ALSAError) {
            isHalted = try pcm?.resume() == false
            if isHalted, lastProgress.duration(to: now) >= parameters.stallLimit { fail(.stalled(parameters)) }
        } catch {
            try playAgainFromHeard()
        }
    }

    /// Makes the device ready anew, and plays again what it took but never played.
    func playAgainFromHeard() throws(ALSAError) {
        if map.heardPosition < feeder.position {
            feeder.rewind(to: map.heardPosition, inPiece: reporter.soundingWord != nil)
        } else if let end = map.moment(ofEndAt: feeder.position) {
            feeder.soundEnded(at: end, forWantOfText: false)
        }
        try restart()
        hasRecovered = true
    }
}
