// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Playback

@Suite("The reports on their way", .timeLimit(.minutes(3)))
struct ReportQueueTests {
    private let queue = ReportQueue(gate: Gate())
    private let now = Moment(sinceZero: .seconds(100))

    @Test("end, also when nobody listened for so long that no more were kept")
    func overflow() async {
        let coming = queue.startUtterance()
        for piece in 0..<2_000 { queue.append(.soundStart(piece: piece, at: now), utterance: 1) }
        queue.end(utterance: 1)
        let reports = await coming.all()
        #expect(reports.count > 1_000)
        #expect(reports.first?.what == "start 0")
    }

    @Test("leave words out before anything that matters more")
    func words() async {
        let coming = queue.startUtterance()
        for word in 0..<2_000 { queue.append(.word(piece: 0, spoken: word..<word + 1, at: now), utterance: 1) }
        queue.append(.heard(piece: 0, at: now), utterance: 1)
        queue.end(utterance: 1)
        #expect(await coming.all().last?.what == "heard 0")
    }

    @Test("all come before the end, whenever the listener looks")
    func endComesLast() async {
        for utterance in 1...200 {
            let coming = queue.startUtterance()
            async let reports = coming.all()
            queue.append(.heard(piece: 0, at: now), utterance: utterance)
            queue.end(utterance: utterance)
            #expect(await reports.count == 1)
        }
    }

    @Test("of an utterance that was given up end at once, and those of the next are its own")
    func abandoned() async {
        let first = queue.startUtterance()
        queue.append(.heard(piece: 0, at: now), utterance: 1)
        queue.end(utterance: 1)
        #expect(await first.all().map(\.what) == ["heard 0"])
        let second = queue.startUtterance()
        // The thread is back, and tells what nobody waits for.
        queue.append(.heard(piece: 1, at: now), utterance: 1)
        queue.end(utterance: 1)
        queue.append(.heard(piece: 2, at: now), utterance: 2)
        queue.end(utterance: 2)
        #expect(await second.all().map(\.what) == ["heard 2"])
        #expect(await first.all().isEmpty)
    }
}
