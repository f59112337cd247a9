// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Where in the sound the device is, and when it was or will be elsewhere.
///
/// The device counts frames, those of pauses included; the sound counts samples. Frames are counted from when the
/// device was last made ready. What was heard follows from frames written less the device's delay; between two looks
/// at the device, and when it is dry and has no delay to tell, from the time that has passed.
struct FrameMap {
    /// Samples that were handed over in a row.
    private struct Segment {
        var frame: Int
        var position: Int
        var count: Int

        var endFrame: Int { frame + count }
        var endPosition: Int { position + count }
    }

    /// A look at the device: the frame that was audible at a moment. Not clamped: below 0 before the first is.
    private struct Reading {
        var frame: Int
        var moment: Moment
    }

    let format: PCMFormat
    /// Frames handed to the device.
    private(set) var written = 0
    /// Frames that have been audible; never falls.
    private(set) var heard = 0
    private var segments: [Segment] = []
    private var reading: Reading?
    /// Where the sound stands before the first segment that is kept: all of it was heard.
    private var origin: Int

    init(format: PCMFormat, origin: Int) {
        self.format = format
        self.origin = origin
        segments.reserveCapacity(256)
    }

    /// The device was made ready again; everything before `origin` is done with.
    mutating func reset(origin: Int) {
        self.origin = origin
        written = 0
        heard = 0
        segments.removeAll(keepingCapacity: true)
        reading = nil
    }

    mutating func wroteSilence(_ count: Int) {
        written += count
    }

    mutating func wroteSound(at position: Int, _ count: Int) {
        if let last = segments.last, last.endFrame == written, last.endPosition == position {
            segments[segments.count - 1].count += count
        } else {
            segments.append(Segment(frame: written, position: position, count: count))
        }
        written += count
    }

    /// The device began to play: what is known until it says more.
    mutating func started(at now: Moment) {
        reading = Reading(frame: 0, moment: now)
    }

    /// Takes note of what the device says.
    mutating func observe(delay: Int, at now: Moment) {
        reading = Reading(frame: written - delay, moment: now)
        moveOn(to: written - delay)
    }

    /// The device has no delay to tell: it went on as it was, up to what it had.
    mutating func extrapolate(to now: Moment) {
        guard let reading else { return }
        moveOn(to: reading.frame + format.frames(in: reading.moment.duration(to: now)))
    }

    private mutating func moveOn(to frame: Int) {
        heard = max(heard, min(frame, written))
    }

    /// The sound before this position has been heard.
    var heardPosition: Int {
        guard let segment = segments.last(where: { $0.frame < heard }) else { return origin }
        return segment.position + min(heard - segment.frame, segment.count)
    }

    /// When the sample at `position` becomes audible.
    func moment(ofSampleAt position: Int) -> Moment? {
        guard let segment = segments.first(where: { position < $0.endPosition }) else {
            return moment(ofFrame: segments.last?.endFrame ?? 0)
        }
        return moment(ofFrame: segment.frame + max(0, position - segment.position))
    }

    /// When the sample before `position` has been audible.
    func moment(ofEndAt position: Int) -> Moment? {
        guard let segment = segments.first(where: { position <= $0.endPosition }) else {
            return moment(ofFrame: segments.last?.endFrame ?? 0)
        }
        return moment(ofFrame: segment.frame + max(0, position - segment.position))
    }

    /// When everything written has been heard.
    var playsOutAt: Moment? {
        moment(ofFrame: written)
    }

    private func moment(ofFrame frame: Int) -> Moment? {
        guard let reading else { return nil }
        let distance = format.duration(ofFrames: abs(frame - reading.frame))
        return frame < reading.frame
            ? reading.moment.advanced(by: .zero - distance) : reading.moment.advanced(by: distance)
    }

    /// Forgets what no report will ask for again.
    mutating func forgetHeard() {
        let done = segments.prefix { $0.endFrame < heard }.count
        guard done > 0, done < segments.count else { return }
        origin = segments[done - 1].endPosition
        segments.removeFirst(done)
    }
}
