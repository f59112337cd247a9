// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Testing
import Utterance

@Suite("The progress of a pull")
struct PullProgressTests {
    /// Feeds one line per second, from 0.
    private func progress(_ lines: [(digest: String, completed: Int?, total: Int)]) -> PullProgress {
        var progress = PullProgress()
        for (second, line) in lines.enumerated() {
            progress.update(
                PullStatus(status: "pulling", digest: line.digest, total: line.total, completed: line.completed),
                at: Moment(sinceZero: .seconds(second)))
        }
        return progress
    }

    @Test("sums over the files, which the server announces one after another")
    func files() {
        let sum = progress([("a", nil, 900), ("a", 900, 900), ("b", 50, 100)])
        #expect(sum.completed == 950)
        #expect(sum.total == 1000)
    }

    @Test("never decreases, neither in bytes if a part is fetched again nor as a fraction if a file is added")
    func monotonic() {
        var progress = PullProgress()
        var last = (completed: 0, fraction: 0.0)
        let lines = [("a", 500), ("a", 300), ("a", 1000), ("b", 0), ("b", 400), ("b", 100), ("b", 1000)]
        for (second, line) in lines.enumerated() {
            progress.update(
                PullStatus(status: "pulling", digest: line.0, total: 1000, completed: line.1),
                at: Moment(sinceZero: .seconds(second)))
            #expect(progress.completed >= last.completed)
            #expect(progress.fraction >= last.fraction)
            last = (progress.completed, progress.fraction)
        }
        #expect(progress.fraction == 1)
    }

    @Test("has a rate and a time left once a second has passed; what an earlier pull left counts for neither")
    func rate() {
        #expect(progress([("a", 500, 1000)]).rate == nil)
        let resumed = progress([("a", 500, 1000), ("a", 600, 1000), ("a", 700, 1000)])
        #expect(resumed.rate == 100)
        #expect(resumed.timeLeft == .seconds(3))
    }

    @Test("has the rate of the last ten seconds, and no time left if nothing comes")
    func window() {
        let slowed = progress((0...30).map { ("a", $0 < 20 ? $0 * 100 : 1900 + ($0 - 19), 10_000) })
        #expect(slowed.rate == 1)
        let stopped = progress((0...30).map { ("a", min($0, 5), 10) })
        #expect(stopped.timeLeft == nil)
    }

    @Test("survives numbers that make no sense")
    func nonsense() {
        let odd = progress([("a", -5, 100), ("a", 500, 100), ("b", 5, 0)])
        #expect(odd.completed == 100)
        #expect(odd.fraction == 1)
    }
}
