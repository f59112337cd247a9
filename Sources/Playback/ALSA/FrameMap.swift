// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Where in the sound the device is, and when it was or will be elsewhere.
///
/// The device counts frames, including those of pauses; the sound counts samples. Frames are counted from when the
/// device was last prepared. What was heard is the frames written minus the device's delay. Between two checks of the
/// device, or when it is dry and has no delay, it follows from the time that has passed.
struct FrameMap {
    /// Samples that were written consecutively.
    private struct Segment {
        var frame: Int
        var position: Int
        var count: Int

        var endFrame: Int { frame + count }
        var endPosition: Int { position + count }
    }

    /// A check of the device: the frame that was audible at that moment. Not clamped: below 0 before the first frame.
    private struct Reading {
        var frame: Int
        var moment: Moment
    }

    let format: PCMFormat
    /// Frames written to the device.
    private(set) var written = 0
    /// Frames that have been audible; never decreases.
    private(set) var heard = 0
    private var segments: [Segment] = []
    private var reading: Reading?
    /// The position in the sound before the first segment that is kept; everything before it was heard.
    private var origin: Int

    init(format: PCMFormat, origin: Int) {
        self.format = format
        self.origin = origin
        segments.reserveCapacity(256)
    }

    /// Starts over after the device was prepared again; everything before `origin` is finished.
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

    /// Records that the device has started, until it reports more.
    mutating func started(at now: Moment) {
        reading = Reading(frame: 0, moment: now)
    }

    /// Records the delay that the device reports.
    mutating func observe(delay: Int, at now: Moment) {
        reading = Reading(frame: written - delay, moment: now)
        moveOn(to: written - delay)
    }

    /// Estimates what was heard while the device has no delay: it played on, up to what it had.
    mutating func extrapolate(to now: Moment) {
        guard let reading else { return }
        moveOn(to: reading.frame + format.frames(in: reading.moment.duration(to: now)))
    }

    private mutating func moveOn(to frame: Int) {
        heard = max(heard, min(frame, written))
    }

    /// The position up to which the sound has been heard.
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

    /// When the end of the sound before `position` becomes audible.
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

    /// Forgets segments that no report will need again.
    mutating func forgetHeard() {
        let done = segments.prefix { $0.endFrame < heard }.count
        guard done > 0, done < segments.count else { return }
        origin = segments[done - 1].endPosition
        segments.removeFirst(done)
    }
}
