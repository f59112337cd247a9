// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing
import Utterance

@testable import Pipeline

@Suite("The queue of pieces") struct PieceQueueTests {
    private final class Heard: Sendable {
        private let indices = Mutex<Set<Int>>([])

        func insert(_ index: Int) { indices.withLock { _ = $0.insert(index) } }
        func contains(_ piece: Piece) -> Bool { indices.withLock { $0.contains(piece.index) } }
    }

    private let heard = Heard()
    private let queue: PieceQueue

    /// With three pieces that sound for a second each.
    init() async throws {
        queue = PieceQueue(
            capacity: 1_000, estimate: { _ in .seconds(1) }, isUnheard: { [heard] in !heard.contains($0) })
        for index in 0..<3 {
            let piece = Piece(
                index: index, kind: .sentence, text: "One.", runs: [SpokenRun(language: "en", text: "One.")],
                boundary: .sentence, source: 0..<4, alignment: Alignment(anchors: []))
            try await queue.send(piece)
        }
        queue.finish()
    }

    private func take() async throws -> [String] {
        var taken: [String] = []
        while let (piece, isNew) = try await queue.next() { taken.append("\(piece.index)\(isNew ? "" : " again")") }
        return taken
    }

    @Test("gives pieces in their order")
    func order() async throws {
        #expect(try await take() == ["0", "1", "2"])
        #expect(try await take().isEmpty)
    }

    @Test("gives again what was taken and not heard, before what is new")
    func rewind() async throws {
        _ = try await queue.next()
        _ = try await queue.next()
        heard.insert(0)
        queue.rewind()
        #expect(try await take() == ["1 again", "2"])
        heard.insert(1)
        queue.rewind()
        queue.rewind()
        #expect(try await take() == ["2 again"])
    }

    @Test("leaves out what is not to be heard any more, taken or not")
    func unwanted() async throws {
        _ = try await queue.next()
        queue.rewind()
        heard.insert(0)
        heard.insert(1)
        #expect(try await take() == ["2"])
        #expect(queue.duration == .seconds(1))
    }

    @Test("knows how much sound is still to be made, also of what comes again")
    func duration() async throws {
        #expect(queue.duration == .seconds(3))
        let (first, _) = try #require(try await queue.next())
        queue.made(first)
        #expect(queue.duration == .seconds(2))
        queue.rewind()
        #expect(queue.duration == .seconds(3))
        try await queue.skipAll { _ in }
        #expect(queue.duration == .zero)
        #expect(try await take().isEmpty)
    }

    @Test("skips all that was not heard, and tells of each piece")
    func skipping() async throws {
        _ = try await queue.next()
        _ = try await queue.next()
        queue.rewind()
        _ = try await queue.next()
        heard.insert(0)
        var skipped: [Int] = []
        try await queue.skipAll { skipped.append($0.index) }
        #expect(Set(skipped).isSuperset(of: [1, 2]))
        #expect(skipped.count == Set(skipped).count)
        #expect(try await take().isEmpty)
    }
}
