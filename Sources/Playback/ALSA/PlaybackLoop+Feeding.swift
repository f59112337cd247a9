// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension PlaybackLoop {
    /// Gives the device what there is, as far as it takes it.
    func feed() {
        let wasFull = isFull
        var wrote = false
        isFull = false
        do throws(ALSAError) {
            while pcm != nil, !isFull, !control.hasCommands {
                markBusy()
                let now = clock.now
                let portion = feeder.next(at: now)
                if let since = feeder.takeStarvation() { reporter.report(.starved(at: since)) }
                guard let count = try write(portion) else { break }
                feeder.took(portion, count)
                isFull = count == 0
                if count > 0 {
                    wrote = true
                    isKept = false
                }
                try startIfDue(at: now)
            }
        } catch {
            recover(from: error, at: clock.now)
        }
        owed = feeder.owes
        wasFruitless = wasFull && isFull && !wrote
        if wrote { lastProgress = clock.now }
    }

    /// - Returns: how many frames the device took, 0 if it is full; `nil` if there is nothing for it.
    private func write(_ portion: Feeder.Portion) throws(ALSAError) -> Int? {
        switch portion {
        case .nothing:
            guard let frames = paddingDue() else { return nil }
            let count = try write(silence: frames)
            padding = frames - count
            return count
        case .silence(let frames):
            try restartIfIdle()
            return try write(silence: frames)
        case .sound(let range):
            try restartIfIdle()
            let silence = self.silence
            let count = try control.queue.samples.withSamples(in: range) { (samples) throws(ALSAError) in
                let muted = silence.span.extracting(first: min(samples.count, silence.count))
                return try pcm?.write(isMuted ? muted : samples) ?? 0
            }
            map.wroteSound(at: range.lowerBound, count)
            return count
        }
    }

    private func write(silence frames: Int) throws(ALSAError) -> Int {
        let silence = self.silence
        let count = try pcm?.write(silence.span.extracting(first: min(frames, silence.count))) ?? 0
        map.wroteSilence(count)
        return count
    }

    /// At the end of an utterance: a little silence, to a whole period, so that nothing of the last word is cut.
    private func paddingDue() -> Int? {
        guard isDraining, map.written > 0, !feeder.owes, let periodSize = pcm?.periodSize else { return nil }
        let least = map.format.frames(in: Self.margin)
        let frames = padding ?? least + (periodSize - (map.written + least) % periodSize) % periodSize
        return frames > 0 ? frames : nil
    }

    /// A device starts by itself when it has a period; a shorter sound is started when no more of it will come.
    private func startIfDue(at now: Moment) throws(ALSAError) {
        guard !isStarted, let periodSize = pcm?.periodSize else { return }
        if map.written < periodSize {
            guard feeder.next(at: now) == .nothing, !feeder.owes else { return }
            try pcm?.start()
        }
        isStarted = true
        map.started(at: now)
    }

    /// A device that has played everything and still runs stands behind its own buffer: it begins anew.
    private func restartIfIdle() throws(ALSAError) {
        if idleSince != nil { try restart() }
    }

    /// Makes the device ready anew.
    func restart() throws(ALSAError) {
        pcm?.drop()
        forgetFrames()
        try pcm?.prepare()
    }

    /// The device has nothing any more: the count of its frames begins again.
    func forgetFrames() {
        map.reset(origin: feeder.position)
        isStarted = false
        isFull = false
        isHalted = false
        idleSince = nil
        padding = nil
    }
}
