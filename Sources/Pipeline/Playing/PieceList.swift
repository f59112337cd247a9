// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Utterance

/// The pieces of one answer on their way to the listener. Pieces that were taken but not heard can be taken again.
/// Pure.
struct PieceList: Hashable, Sendable {
    enum Offer: Sendable, Equatable {
        case taken
        /// Nothing more of the answer will be heard, but its text goes on.
        case unspoken
        /// No more pieces are accepted: the answer is long enough.
        case closed
    }

    enum Next: Sendable, Equatable {
        /// `isNew`: whether it is taken for the first time.
        case piece(Piece, isNew: Bool)
        case end
        /// The end, because the answer has reached its maximum duration.
        case cutOff
    }

    enum Outcome: Hashable, Sendable {
        case heard
        case failed(Fault)
    }

    private struct Entry: Hashable, Sendable {
        let piece: Piece
        /// How long it will sound, as estimated.
        let estimate: Duration
        var isNew = true
    }

    private enum Phase: Sendable {
        case open
        /// There are no more pieces.
        case complete
        case closed
    }

    private let capacity: Int
    private var phase = Phase.open
    private var waiting: [Entry] = []
    /// Taken, but not known to have been heard.
    private var taken: [Entry] = []
    /// How long the piece being synthesized will sound, as estimated.
    private var making = Duration.zero
    /// Pieces of the answer before this index are not to be heard any more.
    private var firstWanted = 0
    /// The sum of the waiting pieces' ``Piece/weight``.
    private var load = 0
    private var isEmpty = true
    /// Whether there is text, even if it can't be spoken.
    private(set) var isPrepared = false
    /// How it ended; `nil` until that is known.
    private(set) var outcome: Outcome?

    /// - Parameter capacity: the most UTF-8 bytes of waiting text.
    init(capacity: Int) {
        self.capacity = capacity
    }

    // MARK: Text side

    /// - Returns: `nil` while there is no room.
    mutating func offer(_ piece: Piece, sounding estimate: Duration) -> Offer? {
        if case .failed = outcome { return .unspoken }
        if phase == .closed { return .closed }
        let weight = piece.weight
        guard load == 0 || load + weight <= capacity else { return nil }
        isEmpty = false
        load += weight
        waiting.append(Entry(piece: piece, estimate: estimate))
        return .taken
    }

    mutating func prepare() {
        isPrepared = true
    }

    /// Drops everything of the answer before this piece.
    mutating func discard(before index: Int) {
        firstWanted = index
        replaceWaiting(waiting)
    }

    /// Ends the list: no more pieces will come.
    mutating func complete() {
        if phase == .open { phase = .complete }
        if isEmpty, !isPrepared { outcome = .heard }
    }

    /// Whether there is text; `nil` while that is not known.
    var isForText: Bool? { isPrepared ? true : phase == .open ? nil : false }

    /// About how long the pieces that are not synthesized yet will sound.
    var duration: Duration { waiting.reduce(making) { $0 + $1.estimate } }

    // MARK: Player side

    /// Takes the next piece.
    ///
    /// - Parameter isLongEnough: whether nothing new is to be spoken.
    /// - Returns: `nil` while there is no piece but more may come.
    mutating func next(isLongEnough: Bool = false) -> Next? {
        guard var entry = waiting.first else { return phase == .open ? nil : .end }
        guard !entry.isNew || !isLongEnough else {
            phase = .closed
            replaceWaiting([])
            return .cutOff
        }
        waiting.removeFirst()
        load -= entry.piece.weight
        defer {
            making = entry.estimate
            entry.isNew = false
            taken.append(entry)
        }
        return .piece(entry.piece, isNew: entry.isNew)
    }

    /// Marks the last piece taken as synthesized, or as never to be.
    mutating func made() {
        making = .zero
    }

    /// Records what was heard.
    ///
    /// - Returns: the piece that the report is about.
    mutating func note(_ report: PlaybackReport) -> Piece? {
        switch report {
        case .soundStart(let index, _), .word(let index, _, _):
            taken.first { $0.piece.index == index }?.piece
        case .heard(let index, _):
            taken.firstIndex { $0.piece.index == index }.map { taken.remove(at: $0).piece }
        case .underrun, .starved, .notice, .failed: nil
        }
    }

    /// Makes pieces that were taken but not heard available again.
    ///
    /// - Returns: whether the list has ended.
    @discardableResult
    mutating func rewind() -> Bool {
        replaceWaiting(taken + waiting)
        taken = []
        making = .zero
        if phase != .open, waiting.isEmpty { outcome = outcome ?? .heard }
        return outcome != nil
    }

    /// Ends the list: nothing more will be heard.
    mutating func end(_ outcome: Outcome) {
        replaceWaiting([])
        taken = []
        making = .zero
        self.outcome = outcome
    }

    private mutating func replaceWaiting(_ entries: [Entry]) {
        waiting = entries.filter { $0.piece.signal != nil || $0.piece.index >= firstWanted }
        load = waiting.reduce(0) { $0 + $1.piece.weight }
    }
}

extension Piece {
    /// What it takes of the list's capacity: the UTF-8 bytes of its text, or 1 KiB for a second of sound.
    fileprivate var weight: Int {
        text.utf8.count + (sound.map { Int($0.duration.inSeconds * 1_024) } ?? 0)
    }
}
