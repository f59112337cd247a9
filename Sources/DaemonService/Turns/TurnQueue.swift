// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Utterance

/// Which answer speaks and which ones wait: the rules of the one voice. Pure; the ``SpeechScheduler`` acts on them.
struct TurnQueue: Sendable {
    /// What matters of a request for its place among the others.
    struct Turn: Sendable, Hashable {
        var id: String
        var policy: Policy
        var priority: Priority
        /// Answers of one conversation are generated one after the other, since each depends on those before.
        var session: String?
        /// It doesn't speak, and so doesn't wait for the voice.
        var isSilent = false
    }

    /// What to do now.
    enum Action: Sendable, Hashable {
        /// Its text may be generated, perhaps while another answer still speaks.
        case begin(String)
        /// It speaks now, in place of any other.
        case grant(String)
        /// Stop it; ``TurnQueue/ended(_:)`` follows.
        case stop(String)
    }

    enum State: Sendable, Hashable {
        case waiting
        case speaking
        /// An important answer speaks in its place.
        case suspended
        /// It is only read.
        case silent
    }

    struct Entry: Sendable {
        let turn: Turn
        var state: State
        var hasBegun = false
        /// Its text is complete, so that the model is free for the next one.
        var hasText = false
        /// It was told to stop.
        var isStopping = false
    }

    /// The most turns at a time.
    private let limit: Int
    /// In the order of arrival.
    private(set) var entries: [Entry] = []

    init(limit: Int) {
        self.limit = limit
    }

    // MARK: - Events

    /// A request arrives.
    ///
    /// - Throws: `Fault(.speakerBusy)` if it would have to wait but doesn't want to; `Fault(.queueFull)`.
    mutating func admit(_ turn: Turn) throws(Fault) -> [Action] {
        if turn.policy == .reject, !turn.isSilent, mustWait(turn) {
            throw Fault(.speakerBusy, "Something else is being said; ask again later, or with the policy queue.")
        }
        var changed = self
        var actions = turn.isSilent ? [] : changed.makeRoom(for: turn)
        guard changed.entries.count(where: { !$0.isStopping }) < limit else {
            throw Fault(
                .queueFull, "\(limit) requests are waiting already; ask again when some of them have been heard.")
        }
        changed.entries.append(Entry(turn: turn, state: turn.isSilent ? .silent : .waiting))
        actions += changed.settle()
        self = changed
        return actions
    }

    /// An answer's text is complete.
    mutating func textEnded(_ id: String) -> [Action] {
        change(id) { $0.hasText = true }
        return settle()
    }

    mutating func ended(_ id: String) -> [Action] {
        entries.removeAll { $0.turn.id == id }
        return settle()
    }

    /// Stops an answer, or without a name all of them.
    ///
    /// - Returns: the answers that are stopped now.
    mutating func stop(_ id: String?) -> (stopped: [String], actions: [Action]) {
        let actions = stop { id == nil || $0.turn.id == id }
        let stopped = actions.compactMap { if case .stop(let id) = $0 { id } else { nil } }
        return (stopped, actions)
    }

    // MARK: - State

    /// The answer that speaks.
    var speaking: String? {
        entries.first(where: { $0.state == .speaking })?.turn.id
    }

    /// Whether an answer was told to stop.
    func isStopping(_ id: String) -> Bool {
        entries.contains { $0.turn.id == id && $0.isStopping }
    }

    /// The answers that wait, the next one first.
    var waiting: [String] {
        var rest = self
        var names: [String] = []
        while let next = rest.indexOfNext {
            if rest.entries[next].state == .waiting { names.append(rest.entries[next].turn.id) }
            rest.entries.remove(at: next)
        }
        return names
    }

    /// How many answers speak before this one.
    func ahead(of id: String) -> Int {
        guard let index = waiting.firstIndex(of: id) else { return 0 }
        return index + suspended.count + entries.count { $0.state == .speaking && !$0.isStopping }
    }

    /// The answers that were cut, and continue later.
    var suspended: [String] {
        entries.filter { $0.state == .suspended }.map(\.turn.id)
    }

    // MARK: - The rules

    /// Stops and suspends the answers that yield to the turn.
    private mutating func makeRoom(for turn: Turn) -> [Action] {
        switch turn.priority {
        case .important:
            suspendSpeaking()
            return stop { $0.turn.priority == .progress && $0.state == .speaking }
        case .normal where turn.policy == .interrupt:
            return stop {
                switch $0.turn.priority {
                case .important: false
                case .progress: $0.state == .speaking
                // A waiting interrupt counts as speaking: the next interrupt replaces it, too.
                case .normal: $0.state != .silent && ($0.state != .waiting || $0.turn.policy == .interrupt)
                }
            }
        case .normal:
            return stop { $0.turn.priority == .progress && $0.state == .speaking }
        case .progress:
            return stop { $0.turn.priority == .progress && $0.state == .waiting }
        }
    }

    private func mustWait(_ turn: Turn) -> Bool {
        entries.contains {
            !$0.isStopping && $0.state != .silent && (turn.priority != .important || $0.turn.priority == .important)
        }
    }

    private mutating func suspendSpeaking() {
        guard let index = entries.firstIndex(where: { $0.state == .speaking && !$0.isStopping }),
            entries[index].turn.priority == .normal
        else { return }
        entries[index].state = .suspended
    }

    private mutating func stop(where matches: (Entry) -> Bool) -> [Action] {
        var actions: [Action] = []
        for index in entries.indices where !entries[index].isStopping && matches(entries[index]) {
            entries[index].isStopping = true
            actions.append(.stop(entries[index].turn.id))
        }
        return actions
    }

    /// Has the next answer speak if none does, and has texts generated.
    private mutating func settle() -> [Action] {
        var actions: [Action] = []
        let next = indexOfNext
        let holder = entries.first(where: { $0.state == .speaking })
        for index in entries.indices where mayBegin(index, isNext: index == next, holder) {
            entries[index].hasBegun = true
            actions.append(.begin(entries[index].turn.id))
        }
        if holder == nil, let next {
            entries[next].state = .speaking
            actions.append(.grant(entries[next].turn.id))
        }
        return actions
    }

    /// The answer that speaks next.
    private var indexOfNext: Int? {
        func first(_ matches: (Entry) -> Bool) -> Int? {
            entries.firstIndex { !$0.isStopping && matches($0) }
        }
        func firstWaiting(_ priority: Priority, _ matches: (Turn) -> Bool = { _ in true }) -> Int? {
            first { $0.state == .waiting && $0.turn.priority == priority && matches($0.turn) }
        }
        return firstWaiting(.important) ?? first { $0.state == .suspended }
            ?? firstWaiting(.normal) { $0.policy == .interrupt } ?? firstWaiting(.normal) ?? firstWaiting(.progress)
    }

    /// The model answers one question at a time, unless one can't wait.
    private func mayBegin(_ index: Int, isNext: Bool, _ holder: Entry?) -> Bool {
        let entry = entries[index]
        guard !entry.hasBegun, !entry.isStopping else { return false }
        if let session = entry.turn.session {
            // An answer that has begun but can't speak yet doesn't count: it may be waiting for this one.
            let isBusy = entries.contains {
                $0.turn.session == session && $0.hasBegun && $0.state != .suspended && $0.state != .waiting
            }
            if isBusy { return false }
        }
        switch entry.state {
        case .waiting where entry.turn.priority == .important || entry.turn.policy == .interrupt: return true
        case .waiting: return isNext && holder?.hasText != false
        case .silent, .speaking, .suspended: return true
        }
    }

    private mutating func change(_ id: String, _ body: (inout Entry) -> Void) {
        guard let index = entries.firstIndex(where: { $0.turn.id == id }) else { return }
        body(&entries[index])
    }
}
