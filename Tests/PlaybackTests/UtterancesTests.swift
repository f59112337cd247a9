// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Testing
import Utterance

@testable import Playback

@Suite("The utterances of an output", .timeLimit(.minutes(10)))
struct UtterancesTests {
    private let now = Moment(sinceZero: .seconds(100))
    private let first = Fault(.deviceBusy, "Busy.")
    private let second = Fault(.deviceFailed, "Gone.")
    private var utterances = Utterances()

    private mutating func reports(of utterance: Int) -> [String] {
        var reports: [String] = []
        while case .some(.some(let report)) = utterances.nextReport(of: utterance) { reports.append(report.what) }
        return reports
    }

    private mutating func hasEnded(_ utterance: Int) -> Bool {
        if case .some(.none) = utterances.nextReport(of: utterance) { true } else { false }
    }

    @Test("fail once, accept no more sound then, and leave the next one alone")
    mutating func failing() {
        #expect(utterances.start() == 1)
        utterances.fail(1, with: first)
        utterances.fail(1, with: second)
        #expect(utterances.fault == first && utterances.admitted == nil)
        #expect(utterances.start() == 2)
        #expect(utterances.fault == nil && utterances.admitted == 2)
    }

    @Test("are not affected by a fault, a stop or a report that comes late, once the next one has begun")
    mutating func late() {
        _ = (utterances.start(), utterances.start())
        utterances.fail(1, with: first)
        utterances.close(1)
        utterances.end(1)
        utterances.report(.heard(piece: 1, at: now), of: 1)
        #expect(utterances.fault == nil && utterances.admitted == 2)
        utterances.report(.heard(piece: 2, at: now), of: 2)
        #expect(reports(of: 2) == ["heard 2"] && !hasEnded(2))
        #expect(hasEnded(1))
    }

    @Test("can fail before the first: whoever opens the device is told")
    mutating func beforeTheFirst() {
        utterances.fail(0, with: first)
        #expect(utterances.fault == first)
    }

    @Test("end after their reports, even if nobody read them for so long that no more were kept")
    mutating func overflow() {
        let utterance = utterances.start()
        for piece in 0..<2_000 { utterances.report(.soundStart(piece: piece, at: now), of: utterance) }
        utterances.end(utterance)
        utterances.report(.heard(piece: 0, at: now), of: utterance)
        let reports = reports(of: utterance)
        #expect(reports.count > 1_000 && reports.first == "start 0" && reports.last != "heard 0")
        #expect(hasEnded(utterance))
    }

    @Test("drop words before anything that matters more")
    mutating func words() {
        let utterance = utterances.start()
        for word in 0..<2_000 { utterances.report(.word(piece: 0, spoken: word..<word + 1, at: now), of: utterance) }
        utterances.report(.heard(piece: 0, at: now), of: utterance)
        #expect(reports(of: utterance).last == "heard 0")
    }
}
