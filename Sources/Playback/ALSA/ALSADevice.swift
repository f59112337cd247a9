// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// A device as the playback thread uses it: opened, played to, drained or cancelled, and closed. It also knows its
/// position in the sound.
struct ALSADevice: ~Copyable {
    private enum State: Equatable {
        case closed
        /// Nothing was written since it was opened or prepared. A device that was kept open since the last utterance
        /// may have died in the meantime.
        case ready(isKept: Bool)
        /// It has less than a period, and has not started to play.
        case filling
        case playing(Room)
        /// It is still running, but was seen to have played everything.
        case playedOut(since: Moment)
        /// It accepts nothing until it is prepared again: it ran dry, or the system was suspended.
        case halted
    }

    private enum Room: Equatable {
        case free
        /// It accepted less than there was.
        case none
        /// It accepted nothing again, although it had reported room.
        case stuck
    }

    /// The result of checking the device.
    enum Look {
        /// Nothing was written, or it has not started.
        case nothing
        case playing
        case dry
        case suspended
        case failed(ALSAError)
    }

    private var pcm: PCM?
    /// Its name in the settings: the preferred device, or a fallback.
    private(set) var name: String
    private(set) var isPreferred = true
    private var state = State.closed
    private(set) var map: FrameMap
    private let silence = [Int16](repeating: 0, count: 4_096)

    init(name: String, format: PCMFormat) {
        self.name = name
        map = FrameMap(format: format, origin: 0)
    }

    var isOpen: Bool { state != .closed }
    var isHalted: Bool { state == .halted }
    /// Whether it was kept open, and may have died since.
    var isKept: Bool { state == .ready(isKept: true) }
    /// Whether it has accepted as much as it can for now.
    var isFull: Bool { state == .playing(.none) || isStuck }
    var isStuck: Bool { state == .playing(.stuck) }
    var hasFrames: Bool { map.written > 0 }
    /// Whether everything that was written has been heard.
    var isPlayedOut: Bool { map.heard == map.written }
    /// In frames.
    private(set) var periodSize = 0
    /// What to poll while it is full.
    private(set) var descriptors: [pollfd] = []

    // MARK: Open, close

    /// Uses the open device if it has this format.
    mutating func reuse(for format: PCMFormat) -> Bool {
        guard isOpen, map.format == format else { return false }
        if case .ready = state { state = .ready(isKept: true) }
        return true
    }

    /// - Parameter position: the position of the next sample.
    /// - Returns: what the listener should know.
    mutating func open(
        _ choice: inout DeviceChoice, _ format: PCMFormat, fallsBack: Bool, at position: Int
    ) throws(Fault) -> Notice? {
        close()
        let opened = try choice.open(format, fallsBack: fallsBack)
        let notice = opened.notice
        name = opened.device
        isPreferred = opened.isPreferred
        periodSize = opened.pcm.periodSize
        do throws(ALSAError) {
            descriptors = try opened.pcm.pollDescriptors()
        } catch {
            throw .lost(name, error)
        }
        pcm = opened.takePCM()
        map = FrameMap(format: format, origin: position)
        state = .ready(isKept: false)
        return notice
    }

    mutating func close() {
        pcm = nil
        state = .closed
    }

    func acknowledge(_ descriptors: UnsafeMutableBufferPointer<pollfd>) {
        unsafe pcm?.acknowledge(descriptors)
    }

    // MARK: Play

    /// Plays the beginning of the samples, which are at `position` in the sound.
    ///
    /// - Returns: how many it accepted; 0 if it is full.
    mutating func play(_ samples: Span<Int16>, at position: Int) throws(ALSAError) -> Int {
        try beginAnewIfPlayedOut(at: position)
        let count = try pcm?.write(samples) ?? 0
        map.wroteSound(at: position, count)
        took(count)
        return count
    }

    /// The same, but silent.
    mutating func playMuted(_ frames: Int, at position: Int) throws(ALSAError) -> Int {
        let silence = self.silence
        return try play(silence.span.extracting(first: min(frames, silence.count)), at: position)
    }

    /// Plays a pause before the sound at `position`.
    mutating func playSilence(_ frames: Int, before position: Int) throws(ALSAError) -> Int {
        try beginAnewIfPlayedOut(at: position)
        return try pad(frames)
    }

    /// Adds silence after the last sound.
    mutating func pad(_ frames: Int) throws(ALSAError) -> Int {
        let silence = self.silence
        let count = try pcm?.write(silence.span.extracting(first: min(frames, silence.count))) ?? 0
        map.wroteSilence(count)
        took(count)
        return count
    }

    private mutating func took(_ count: Int) {
        switch state {
        case .ready where count > 0: state = .filling
        case .playing, .playedOut: state = .playing(count == 0 ? .none : .free)
        case .closed, .ready, .filling, .halted: break
        }
    }

    /// A device that has played everything and is still running has passed the end of its buffer, so it must start
    /// over.
    private mutating func beginAnewIfPlayedOut(at position: Int) throws(ALSAError) {
        if case .playedOut = state { try makeReady(at: position) }
    }

    /// The device starts by itself once it has a period, if it can. A shorter sound is started here if it is the last.
    mutating func startIfDue(at now: Moment, isLast: () -> Bool) throws(ALSAError) {
        guard state == .filling else { return }
        guard map.written >= periodSize || isLast() else { return }
        if pcm?.state() == .prepared { try pcm?.start() }
        state = .playing(.free)
        map.started(at: now)
    }

    /// Called at the beginning of each turn: there may be room again.
    mutating func expectRoom() {
        if isFull { state = .playing(.free) }
    }

    /// Records that it accepted nothing in a turn that it had asked for.
    mutating func noteStuck() {
        if isFull { state = .playing(.stuck) }
    }

    // MARK: Look

    /// Checks what has been heard, and what state the device is in.
    mutating func look(at now: Moment) -> Look {
        guard hasFrames || isHalted, let seen = pcm?.state() else { return .nothing }
        switch seen {
        case .prepared:
            if isHalted { state = hasFrames ? .playing(.free) : .ready(isKept: false) }
            // It was started, but doesn't show it yet.
            if case .playing = state { return .playing }
            return .nothing
        case .running(let delay):
            map.observe(delay: delay, at: now)
            if isHalted { state = .playing(.free) }
            return .playing
        case .dry:
            map.extrapolate(to: now)
            state = .halted
            return .dry
        case .suspended: return .suspended
        case .failed(let error): return .failed(error)
        }
    }

    /// Estimates the position now, assuming that it played on.
    mutating func extrapolate(to now: Moment) {
        map.extrapolate(to: now)
    }

    mutating func forgetHeard() {
        map.forgetHeard()
    }

    /// Records that it has played everything.
    ///
    /// - Returns: since when that is known.
    mutating func notePlayedOut(at now: Moment) -> Moment {
        if case .playedOut(let since) = state { return since }
        state = .playedOut(since: now)
        return now
    }

    /// Records that it ran dry when there was no sound.
    mutating func halt() {
        state = .halted
    }

    // MARK: Cancel

    /// Silences the device at once, and checks for the last time what was heard.
    mutating func cancel(at now: Moment) {
        guard hasFrames, let seen = pcm?.state() else { return }
        pcm?.drop()
        if case .running(let delay) = seen {
            map.observe(delay: delay, at: now)
        } else {
            map.extrapolate(to: now)
        }
    }

    /// Restarts the frame count at this position of the sound: what the device has is not wanted any more.
    mutating func forget(at position: Int) {
        map.reset(origin: position)
        if isOpen { state = .ready(isKept: false) }
    }

    /// Prepares it again, for the sound at this position.
    mutating func makeReady(at position: Int) throws(ALSAError) {
        pcm?.drop()
        forget(at: position)
        try pcm?.prepare()
    }

    /// Wakes it after the system was suspended.
    ///
    /// - Returns: `false` if it is not awake yet.
    /// - Throws: if it can't continue from where it was.
    mutating func wake() throws(ALSAError) -> Bool {
        let isAwake = try pcm?.resume() ?? true
        if isAwake {
            if isHalted { state = .playing(.free) }
        } else {
            state = .halted
        }
        return isAwake
    }
}
