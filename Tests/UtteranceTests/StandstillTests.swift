// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@Suite("What stands still for a limit")
struct StandstillTests {
    /// With the seconds that have passed.
    private struct Watch {
        private static let start = Moment(sinceZero: .seconds(100))
        private var standstill = Standstill(limit: .seconds(5), at: start)

        private func at(_ seconds: Double) -> Moment { Self.start.advanced(by: .seconds(seconds)) }

        /// Looks whenever it is due, as long as nobody is paused.
        mutating func look(until end: Double) -> Bool {
            while standstill.nextLook <= at(end) {
                if standstill.isCertain(at: standstill.nextLook) { return true }
            }
            return false
        }

        mutating func isCertain(at seconds: Double) -> Bool { standstill.isCertain(at: at(seconds)) }

        mutating func noteProgress(at seconds: Double) { standstill.noteProgress(at: at(seconds)) }
    }

    @Test("is certain when the limit has passed, and not before")
    func certain() {
        var watch = Watch()
        let (early, due) = (watch.look(until: 4.9), watch.look(until: 5))
        #expect(!early && due)
    }

    @Test("is not certain because nobody looked for longer than that: this process was stopped")
    func pause() {
        var watch = Watch()
        let (before, after) = (watch.isCertain(at: 1), watch.isCertain(at: 60))
        #expect(!before && !after)
        watch.noteProgress(at: 60.1)
        let (early, due) = (watch.look(until: 65), watch.look(until: 65.2))
        #expect(!early && due)
    }

    @Test("is certain a while after such a pause, if nothing goes on")
    func afterPause() {
        var watch = Watch()
        let looks = [60, 60.9, 61].map { watch.isCertain(at: $0) }
        #expect(looks == [false, false, true])
    }

    @Test("is as it was after progress of the past")
    func oldProgress() {
        var watch = Watch()
        watch.noteProgress(at: 3)
        watch.noteProgress(at: 2)
        let (early, due) = (watch.look(until: 7.9), watch.look(until: 8))
        #expect(!early && due)
    }
}
