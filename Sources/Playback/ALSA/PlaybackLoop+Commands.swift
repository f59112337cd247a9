// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

extension PlaybackLoop {
    func perform(_ command: PlaybackControl.Command) {
        switch command {
        case .open(let format, let utterance):
            // Its turn may come late, when nobody waits for it any more.
            if control.queue.gate.latest == utterance { open(format, for: utterance) }
            complete()
        case .drop(let utterance):
            silenceDevice()
            isPaused = false
            control.isDraining.store(false, ordering: .relaxed)
            reporter.end(utterance: utterance)
            feeder.discard(through: utterance)
            forgetFrames()
            tell()
            complete()
            retire()
        case .pause:
            pause()
            complete()
            if isPaused { retire(keepsMemory: true) }
        case .resume:
            if isPaused {
                isPaused = false
                open(map.format, for: control.queue.gate.latest)
            }
            complete()
        case .close:
            silenceDevice()
            closeDevice()
            reporter.end(utterance: control.queue.gate.latest)
            tell()
            complete()
        }
    }

    private func complete() {
        control.done.wrappingAdd(1, ordering: .sequentiallyConsistent)
        control.changes.ring()
    }

    /// Uses the device that was kept open, or opens it.
    private func open(_ format: PCMFormat, for utterance: Int) {
        closesAt = nil
        guard pcm?.format == format else { return openAnew(format, for: utterance) }
        isKept = map.written == 0
    }

    func openAnew(_ format: PCMFormat, for utterance: Int) {
        isKept = false
        closeDevice()
        do throws(Fault) {
            let opened = try PCM.open(parameters, format: format)
            if opened.name != parameters.device {
                reporter.report(.notice(.converted(parameters, by: opened.name)), utterance: utterance)
            }
            do throws(ALSAError) {
                try poll(on: opened)
            } catch {
                throw .lost(parameters, error)
            }
            pcm = consume opened
        } catch {
            return fail(error, utterance: utterance)
        }
        feeder.format = format
        map = FrameMap(format: format, origin: feeder.position)
        forgetFrames()
        lastProgress = clock.now
        control.rate.store(format.rate, ordering: .relaxed)
        control.isOpen.store(true, ordering: .sequentiallyConsistent)
    }

    /// Silence, and a last look at what was heard.
    private func silenceDevice() {
        guard pcm != nil, map.written > 0 else { return }
        let state = pcm?.state()
        pcm?.drop()
        if case .running(let delay) = state {
            map.observe(delay: delay, at: clock.now)
        } else {
            map.extrapolate(to: clock.now)
        }
        reporter.advance(to: map.heardPosition, of: map)
    }

    /// Plays what the device has, and has not played, again as it is to sound from now on.
    func adoptMute() {
        let wanted = control.isMuted.load(ordering: .sequentiallyConsistent)
        guard wanted != isMuted else { return }
        isMuted = wanted
        guard !isPaused, pcm != nil, map.written > 0 else { return }
        silenceDevice()
        do throws(ALSAError) {
            try playAgainFromHeard()
        } catch {
            fail(.lost(parameters, error))
        }
    }

    /// Silence, and back to the beginning of the word that was sounding, as far as it is still kept.
    private func pause() {
        guard !isPaused else { return }
        isPaused = true
        if map.written > 0 {
            silenceDevice()
            let word = reporter.soundingWord
            feeder.rewind(to: word ?? map.heardPosition, inPiece: word != nil)
        }
        forgetFrames()
        tell()
    }

    /// Nothing is played for now: the device is closed, at once or after a while.
    func retire(keepsMemory: Bool = false) {
        if !keepsMemory { control.queue.samples.release(before: feeder.position, returnsMemory: true) }
        guard pcm != nil else { return }
        closesAt = clock.now.advanced(by: parameters.keepOpen)
        guard parameters.keepOpen > .zero else { return closeIfDue() }
        do throws(ALSAError) {
            try restart()
        } catch {
            // It can be opened anew when it is needed.
            closesAt = clock.now
        }
    }

    func closeIfDue() {
        guard let moment = closesAt, moment <= clock.now else { return }
        closesAt = nil
        closeDevice()
        forgetFrames()
    }

    private func closeDevice() {
        pcm = nil
        control.isOpen.store(false, ordering: .sequentiallyConsistent)
    }

    /// The device is of no more use; the utterance ends here, and the next one opens it anew.
    func fail(_ fault: Fault, utterance: Int? = nil) {
        let utterance = utterance ?? control.queue.gate.latest
        closesAt = nil
        control.fail(utterance, with: fault)
        reporter.report(.failed(fault), utterance: utterance)
        reporter.end(utterance: utterance)
        feeder.discard(through: utterance)
        forgetFrames()
        tell()
        control.changes.ring()
        closeDevice()
    }

    /// A call hung until nobody waited any more for what it was for.
    func cleanUp() {
        isPaused = false
        closesAt = nil
        control.isDraining.store(false, ordering: .relaxed)
        let utterance = control.queue.gate.latest
        reporter.end(utterance: utterance)
        feeder.discard(through: utterance)
        forgetFrames()
        tell()
        closeDevice()
        control.isGivenUp.store(false, ordering: .sequentiallyConsistent)
        control.changes.ring()
    }
}
