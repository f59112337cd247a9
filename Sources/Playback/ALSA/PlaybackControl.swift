// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// What the playback thread and everybody else have in common.
///
/// The thread never waits here: it looks at atomics, and takes a lock only when there is a command.
final class PlaybackControl: Sendable {
    enum Command: Sendable {
        case open(PCMFormat, utterance: Int)
        case drop(utterance: Int)
        case pause
        case resume
        case close
    }

    let queue: SoundQueue
    let reports: ReportQueue
    /// The playback thread sleeps on it.
    let wake: EventDescriptor
    /// Rung by the thread when a command is done, the sound ahead is as short as awaited, or all was heard.
    let changes = Bell()

    // What the thread tells.
    /// Commands done, of those posted.
    let done = Atomic(0)
    let isOpen = Atomic(false)
    /// The utterance was heard to its end.
    let isDrained = Atomic(false)
    /// Position of the next sample for the device.
    let fed = Atomic(0)
    /// When the device will have played what it has, in ns of the monotonic clock.
    let playsOutAt = Atomic(Int64.min)
    let rate = Atomic(22_050)
    /// The last utterance that failed, and how.
    private let failure = Mutex<(utterance: Int, fault: Fault)?>(nil)
    /// When its turn began, in ns of the monotonic clock; ``asleep`` while it has nothing to do.
    let busySince = Atomic(asleep)
    static let asleep = Int64.max

    // What it is told.
    /// The utterance ends with what is in the queue.
    let isDraining = Atomic(false)
    /// What is played is silence.
    let isMuted = Atomic(false)
    /// Ring `changes` when so little is ahead, in ns; negative: never.
    let awaitedAhead = Atomic(Int64(-1))
    /// A call took so long that nobody waits for it any more; the thread takes it back when it has cleaned up.
    let isGivenUp = Atomic(false)
    private let posted = Atomic(0)
    private let commands = Mutex<[Command]>([])

    let parameters: PlaybackParameters

    init(parameters: PlaybackParameters) {
        self.parameters = parameters
        let wake = EventDescriptor()
        self.wake = wake
        queue = SoundQueue(wakeConsumer: { wake.signal() })
        reports = ReportQueue(gate: queue.gate)
    }

    /// How the present utterance failed, if it did.
    var fault: Fault? {
        failure.withLock { $0?.utterance == queue.gate.latest ? $0?.fault : nil }
    }

    /// Ends an utterance with a fault, unless it has ended so already. A later one is not touched. Before the first one, 0
    /// is who opens the device.
    func fail(_ utterance: Int, with fault: Fault) {
        queue.gate.close(utterance)
        failure.withLock { failure in
            if failure?.utterance ?? -1 < utterance { failure = (utterance, fault) }
        }
    }

    /// Sound between the next sample to be made and the ear.
    var ahead: Duration {
        let format = PCMFormat(rate: rate.load(ordering: .relaxed))
        let waiting = max(0, queue.samples.end - fed.load(ordering: .acquiring))
        let end = Moment(sinceZero: .nanoseconds(playsOutAt.load(ordering: .acquiring)))
        return format.duration(ofFrames: waiting) + max(.zero, MonotonicClock().now.duration(to: end))
    }

    /// Has the thread do something.
    ///
    /// - Returns: the command's number: ``done`` reaches it when it is done.
    func post(_ command: Command) -> Int {
        let number = commands.withLock { commands in
            commands.append(command)
            return posted.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
        }
        wake.signal()
        return number
    }

    /// The thread's.
    var hasCommands: Bool {
        posted.load(ordering: .sequentiallyConsistent) != done.load(ordering: .relaxed)
    }

    /// The thread's: the commands that are to be done.
    func takeCommands() -> [Command] {
        guard hasCommands else { return [] }
        return commands.withLock { commands in
            defer { commands = [] }
            return commands
        }
    }

    func isDone(_ command: Int) -> Bool {
        done.load(ordering: .sequentiallyConsistent) >= command
    }
}
