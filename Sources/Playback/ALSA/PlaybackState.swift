// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The state that the playback thread shares with everybody else, apart from the sound itself; behind one lock.
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

    // Written for the thread.
    /// Whether silence is played in place of sound.
    var isMuted = false
    /// The most sound ahead that somebody is waiting for; `nil` if nobody is.
    var awaitedAhead: Duration?
    /// Whether the fallback devices may be used.
    var fallsBack = false
    /// Whether a call took so long that nobody is waiting for it any more; the thread clears this once it has cleaned
    /// up.
    var isGivenUp = false
    private var commands: [Command] = []
    private var posted = 0

    // Written by the thread.
    var isOpen = false
    /// Whether the device that is open, or was open last, is the preferred one.
    var isPreferred = true
    /// The position of the next sample for the device.
    var fed = 0
    /// When the device will have played everything it has.
    var playsOutAt = Moment(sinceZero: .zero)
    var format = PCMFormat(rate: 22_050)
    /// Whether the thread has nothing to do until sound comes.
    var awaitsSound = false
    /// When the thread's turn began; `nil` while it sleeps.
    var busySince: Moment?
    private var done = 0

    /// The amount of sound between the next sample to be made and the listener.
    ///
    /// - Parameter end: the position of the next sample.
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
