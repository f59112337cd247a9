// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Utterance

/// Who speaks and who waits: the rules of the one voice. Pure; the ``Speaker`` does what it says.
struct TurnQueue: Sendable {
    /// A request, as far as its place among the others goes.
    struct Turn: Sendable, Hashable {
        var id: String
        var policy: Policy
        var priority: Priority
        /// Answers of one conversation are made one after the other, since each is told of those before.
        var session: String?
        /// It needs no voice, and so waits for nobody's.
        var isSilent = false
    }

    /// What is to be done now.
    enum Action: Sendable, Hashable {
        /// Its text may be made, which is before it may speak if another still does.
        case begin(String)
        /// It may speak, in place of any other.
        case grant(String)
        /// It ends; ``TurnQueue/ended(_:)`` is due.
        case stop(String)
    }

    enum State: Sendable, Hashable {
        case waiting
        case speaking
        /// An important one speaks in its place.
        case suspended
        /// It is spoken by nobody.
        case silent
    }

    struct Entry: Sendable {
        let turn: Turn
        var state: State
        var hasBegun = false
        /// Its text is complete, so that the model is free for the next one.
        var hasText = false
        /// It was told to end.
        var isStopping = false

    }

    /// Turns that may be there at once.
    private let limit: Int
    /// In the order in which they came.
    private(set) var entries: [Entry] = []

    init(limit: Int) {
        self.limit = limit
    }

    // MARK: - What happens

    /// A request comes.
    ///
    /// - Throws: `Fault(.speakerBusy)` if it would not wait and has to; `Fault(.queueFull)`.
    mutating func admit(_ turn: Turn) throws(Fault) -> [Action] {
        if turn.policy == .reject, !turn.isSilent, mustWait(turn) {
            throw Fault(.speakerBusy, "Something else is being said; ask again later, or with the policy queue.")
        }
        var changed = self
        var actions = turn.isSilent ? [] : changed.makeRoom(for: turn)
        guard changed.entries.count(where: { !$0.isStopping }) < limit else {
            throw Fault(.queueFull, "\(limit) requests wait already; ask again when some of them have been heard.")
        }
        changed.entries.append(Entry(turn: turn, state: turn.isSilent ? .silent : .waiting))
        actions += changed.settle()
        self = changed
        return actions
    }

    /// All of an answer's text has come.
    mutating func textEnded(_ id: String) -> [Action] {
        change(id) { $0.hasText = true }
        return settle()
    }

    mutating func ended(_ id: String) -> [Action] {
        entries.removeAll { $0.turn.id == id }
        return settle()
    }

    /// Somebody wants an answer to end, or without a name all of them.
    ///
    /// - Returns: the answers that end now.
    mutating func stop(_ id: String?) -> (stopped: [String], actions: [Action]) {
        let actions = stop { id == nil || $0.turn.id == id }
        let stopped = actions.compactMap { if case .stop(let id) = $0 { id } else { nil } }
        return (stopped, actions)
    }

    // MARK: - Who is where

    /// Who speaks.
    var speaking: String? {
        entries.first(where: { $0.state == .speaking })?.turn.id
    }

    /// Who waits for it, the next one first.
    var waiting: [String] {
        var rest = self
        var names: [String] = []
        while let next = rest.indexOfNext {
            if rest.entries[next].state == .waiting { names.append(rest.entries[next].turn.id) }
            rest.entries.remove(at: next)
        }
        return names
    }

    /// How many speak before it.
    func ahead(of id: String) -> Int {
        guard let index = waiting.firstIndex(of: id) else { return 0 }
        return index + suspended.count + entries.count { $0.state == .speaking && !$0.isStopping }
    }

    /// Who was cut, and goes on later.
    var suspended: [String] {
        entries.filter { $0.state == .suspended }.map(\.turn.id)
    }

    // MARK: - The rules

    /// Stops and suspends what gives way to the turn.
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
                // One that interrupts and still waits would be speaking if it could.
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

    /// Lets the next one speak if nobody does, and lets texts be made.
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

    /// Who speaks when nobody else does.
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

    /// A model is not asked by two at once, unless one of them can't wait.
    private func mayBegin(_ index: Int, isNext: Bool, _ holder: Entry?) -> Bool {
        let entry = entries[index]
        guard !entry.hasBegun, !entry.isStopping else { return false }
        if let session = entry.turn.session {
            // One that was begun and can't speak yet is not waited for: it may be waiting for this one.
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
