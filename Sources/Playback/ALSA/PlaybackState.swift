// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What the playback thread and everybody else have in common beside the sound itself; behind one lock.
struct PlaybackState: Sendable {
    enum Command: Sendable {
        case open(PCMFormat, utterance: Int)
        case cancel(utterance: Int)
        case pause
        case resume
        case close
    }

    enum Drain: Sendable {
        case none
        /// The utterance ends with what is in the queue.
        case wanted
        /// It was heard to its end.
        case done
    }

    var utterances = Utterances()
    var drain = Drain.none

    // What the thread is told.
    /// Silence is played in place of sound.
    var isMuted = false
    /// Somebody waits until so little is ahead.
    var awaitedAhead: Duration?
    /// The fallback devices may be used.
    var fallsBack = false
    /// A call took so long that nobody waits for it any more; the thread takes it back when it has cleaned up.
    var isGivenUp = false
    private var commands: [Command] = []
    private var posted = 0

    // What the thread tells.
    var isOpen = false
    /// The device that is open, or was, is the preferred one.
    var isPreferred = true
    /// Position of the next sample for the device.
    var fed = 0
    /// When the device will have played what it has.
    var playsOutAt = Moment(sinceZero: .zero)
    var format = PCMFormat(rate: 22_050)
    /// It has nothing to do until sound comes.
    var awaitsSound = false
    /// When its turn began; `nil` while it sleeps.
    var busySince: Moment?
    private var done = 0

    /// Sound between the next sample to be made and the ear.
    ///
    /// - Parameter end: where the next sample goes.
    func ahead(before end: Int, at now: Moment) -> Duration {
        format.duration(ofFrames: max(0, end - fed)) + max(.zero, now.duration(to: playsOutAt))
    }

    /// - Returns: the command's number.
    mutating func post(_ command: Command) -> Int {
        commands.append(command)
        posted += 1
        return posted
    }

    var hasCommands: Bool { posted != done }

    mutating func takeCommands() -> [Command] {
        defer { commands = [] }
        return commands
    }

    mutating func completeCommand() { done += 1 }

    func isDone(_ command: Int) -> Bool { done >= command }
}
