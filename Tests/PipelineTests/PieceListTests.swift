// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Testing
import Utterance

@testable import Pipeline

@Suite("The list of pieces") struct PieceListTests {
    private var list = PieceList(capacity: 10)

    /// With three pieces that sound for a second each; more don't fit.
    init() {
        for index in 0..<3 { #expect(list.offer(.numbered(index), sounding: .seconds(1)) == .taken) }
    }

    private mutating func take() -> [String] {
        var taken: [String] = []
        while case .piece(let piece, let isNew) = list.next() { taken.append("\(piece.index)\(isNew ? "" : " again")") }
        return taken
    }

    @Test("returns pieces in order, and the end when no more come")
    mutating func order() {
        #expect(take() == ["0", "1", "2"])
        #expect(list.next() == nil)
        list.complete()
        #expect(list.next() == .end)
    }

    @Test("is bounded by its text; a piece heavier than the bound is accepted only by itself")
    mutating func bound() {
        let long = Piece.numbered(3, text: "This is longer than the bound.")
        #expect(list.offer(long, sounding: .zero) == nil)
        _ = list.next()
        #expect(list.offer(.numbered(3), sounding: .zero) == .taken)
        #expect(take() == ["1", "2", "3"])
        #expect(list.offer(long, sounding: .zero) == .taken)
    }

    @Test("returns pieces again that were taken but not heard, before new ones")
    mutating func rewind() {
        _ = (list.next(), list.next())
        #expect(list.note(.heard(0))?.index == 0)
        list.rewind()
        #expect(take() == ["1 again", "2"])
        _ = list.note(.heard(1))
        list.rewind()
        list.rewind()
        #expect(take() == ["2 again"])
    }

    @Test("leaves out pieces that are not to be heard any more, taken or not; but not signals")
    mutating func discarding() {
        _ = list.next()
        let signal = Piece(.thinking, number: 0, at: 0)
        #expect(list.offer(signal, sounding: .zero) == .taken)
        list.discard(before: 2)
        list.rewind()
        #expect(take() == ["2", "-1"])
    }

    @Test("knows how much sound is still to be synthesized, including what comes again")
    mutating func duration() {
        #expect(list.duration == .seconds(3))
        _ = list.next()
        #expect(list.duration == .seconds(3))
        list.made()
        #expect(list.duration == .seconds(2))
        list.rewind()
        #expect(list.duration == .seconds(3))
        list.end(.heard)
        #expect(list.duration == .zero)
    }

    @Test("ends when there is enough sound; what is to be heard again is not new")
    mutating func enough() {
        _ = list.next()
        list.rewind()
        #expect(list.next(isLongEnough: true) == .piece(.numbered(0), isNew: false))
        #expect(list.next(isLongEnough: true) == .cutOff)
        #expect(list.next(isLongEnough: true) == .end)
        #expect(list.offer(.numbered(3), sounding: .zero) == .closed)
    }

    @Test("accepts everything and keeps nothing once its sound has failed")
    mutating func failed() {
        list.end(.failed(Fault(.deviceFailed, "Gone.")))
        for index in 3..<100 { #expect(list.offer(.numbered(index), sounding: .seconds(1)) == .unspoken) }
        #expect(list.duration == .zero)
        list.rewind()
        #expect(list.next() == nil)
    }

    @Test("has been heard if there was nothing in it, but not if there was text that could not be spoken")
    func empty() {
        var empty = PieceList(capacity: 10)
        empty.complete()
        #expect(empty.outcome == .heard && empty.isForText == false)
        var prepared = PieceList(capacity: 10)
        prepared.prepare()
        prepared.complete()
        #expect(prepared.outcome == nil && prepared.isForText == true)
    }
}

extension Piece {
    static func numbered(_ index: Int, text: String = "A.") -> Piece {
        Piece(
            index: index, kind: .sentence, text: text, runs: [SpokenRun(language: "en", text: text)],
            boundary: .sentence, source: 0..<2, alignment: Alignment(anchors: []))
    }
}

extension PlaybackReport {
    static func heard(_ piece: Int) -> PlaybackReport {
        .heard(piece: piece, at: Moment(sinceZero: .zero))
    }
}
