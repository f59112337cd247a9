// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

extension PlaybackLoop {
    func perform(_ command: PlaybackControl.Command) {
        switch command {
        case .open(let format):
            open(format)
            complete()
        case .drop(let utterance):
            silenceDevice()
            isPaused = false
            control.isDraining.store(false, ordering: .relaxed)
            reporter.end(utterance: utterance)
            feeder.discard()
            forgetFrames()
            tell()
            complete()
            retire()
        case .pause:
            pause()
            complete()
            if isPaused { retire(keepsMemory: true) }
        case .resume:
            isPaused = false
            closesAt = nil
            if pcm == nil { open(map.format) }
            complete()
        case .close:
            silenceDevice()
            pcm = nil
            control.isOpen.store(false, ordering: .sequentiallyConsistent)
            reporter.end(utterance: control.queue.gate.latest)
            tell()
            complete()
        }
    }

    private func complete() {
        control.done.wrappingAdd(1, ordering: .sequentiallyConsistent)
        control.changes.ring()
    }

    private func open(_ format: PCMFormat) {
        closesAt = nil
        guard pcm?.format != format else { return }
        pcm = nil
        do throws(Fault) {
            let opened = try PCM.open(parameters, format: format)
            if opened.name != parameters.device {
                reporter.report(.notice(.converted(parameters, by: opened.name)), utterance: control.queue.gate.latest)
            }
            do throws(ALSAError) {
                try poll(on: opened)
            } catch {
                throw .lost(parameters, error)
            }
            pcm = consume opened
        } catch {
            return fail(error)
        }
        feeder.format = format
        map = FrameMap(format: format, origin: feeder.position)
        forgetFrames()
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

    /// Silence, and back to the beginning of the word that was sounding, as far as it is still kept.
    private func pause() {
        guard !isPaused else { return }
        isPaused = true
        if map.written > 0 {
            silenceDevice()
            let word = reporter.soundingWord
            feeder.rewind(to: max(word ?? map.heardPosition, control.queue.samples.start), inPiece: word != nil)
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
        pcm = nil
        control.isOpen.store(false, ordering: .sequentiallyConsistent)
        forgetFrames()
    }

    /// The device is of no more use; the utterance ends here.
    func fail(_ fault: Fault) {
        let utterance = control.queue.gate.latest
        control.queue.gate.close()
        pcm = nil
        feeder.discard()
        forgetFrames()
        reporter.report(.failed(fault), utterance: utterance)
        reporter.end(utterance: utterance)
        control.fault.withLock { $0 = fault }
        control.isOpen.store(false, ordering: .sequentiallyConsistent)
        tell()
        control.changes.ring()
    }
}
