// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Playback

@Suite("While a device is away")
struct OutageTests {
    private let start = Moment(sinceZero: .seconds(100))
    private let unplugged = Fault(.deviceMissing, "Unplugged.")

    private func outage(
        wait: Duration = .seconds(30), fallbacks: [String] = [], waitsForAbsent: Bool = true
    ) -> Outage {
        Outage(
            PlaybackParameters(
                device: "speaker", fallbacks: fallbacks, deviceWait: wait, waitsForAbsentDevice: waitsForAbsent))
    }

    /// Retries until there is another step.
    private func retry(_ outage: inout Outage, from moment: inout Moment) -> (pauses: [Duration], then: Outage.Step) {
        var pauses: [Duration] = []
        while true {
            let step = outage.step(after: unplugged, at: moment)
            guard case .retry(let pause) = step else { return (pauses, step) }
            pauses.append(pause)
            moment = moment.advanced(by: pause)
        }
    }

    @Test("it is tried at once and then less and less often, for as long as configured in total")
    func pauses() {
        var (outage, moment) = (outage(), start)
        let (pauses, then) = retry(&outage, from: &moment)
        #expect(pauses.prefix(6).map { $0.inMilliseconds } == [100, 200, 400, 800, 1_600, 2_000])
        #expect(pauses.reduce(.zero, +) == .seconds(30))
        #expect(then == .giveUp)
    }

    @Test("the next answer doesn't wait again, except once something was heard")
    func nextAnswer() {
        var (outage, moment) = (outage(), start)
        _ = retry(&outage, from: &moment)
        #expect(outage.step(after: unplugged, at: moment) == .giveUp)
        outage.opened()
        let returned = [outage.sounds(), outage.sounds()]
        #expect(returned == [true, false])
        outage.heard(isPreferred: true)
        #expect(outage.step(after: unplugged, at: moment) == .retry(after: .milliseconds(100)))
    }

    @Test("the time of an attempt without sound counts, the time of sound doesn't")
    func attempts() {
        var outage = outage(wait: .seconds(10))
        var moment = start
        // It plays for a minute and is lost again.
        for _ in 0..<3 {
            let step = outage.step(after: unplugged, at: moment)
            guard case .retry(let pause) = step else { return #expect(step == .retry(after: .zero)) }
            _ = outage.sounds()
            moment = moment.advanced(by: pause + .seconds(60))
        }
        let step = outage.step(after: unplugged, at: moment)
        guard case .retry(let pause) = step else { return #expect(step == .retry(after: .zero)) }
        // It is open for longer than the wait, but silent.
        moment = moment.advanced(by: pause + .seconds(20))
        #expect(outage.step(after: unplugged, at: moment) == .giveUp)
    }

    @Test("another one replaces it after the wait, which doesn't start over with it")
    func fallback() {
        var (outage, moment) = (outage(wait: .seconds(1), fallbacks: ["hdmi"]), start)
        #expect(retry(&outage, from: &moment).then == .fallBack)
        #expect(outage.fallsBack)
        _ = outage.sounds()
        outage.heard(isPreferred: false)
        // The other one is lost too: it is tried once more.
        #expect(outage.step(after: unplugged, at: moment) == .fallBack)
        #expect(outage.step(after: unplugged, at: moment) == .giveUp)
        outage.heard(isPreferred: true)
        #expect(!outage.fallsBack)
    }

    @Test(
        "a command waits for one it lost or that is in use, the daemon also for one never there, nobody for a wrong name",
        arguments: [
            (Fault.Code.deviceBusy, true, true, true), (.deviceMissing, false, true, true),
            (.deviceFailed, false, true, true), (.deviceUnknown, false, false, false),
        ])
    func codes(code: Fault.Code, first: Bool, lost: Bool, daemon: Bool) {
        func waits(_ outage: Outage) -> Bool {
            var outage = outage
            return outage.step(after: Fault(code, "Away."), at: start) == .retry(after: .milliseconds(100))
        }
        var outage = outage(waitsForAbsent: false)
        #expect(waits(outage) == first)
        outage.opened()
        #expect(waits(outage) == lost)
        #expect(waits(self.outage()) == daemon)
    }
}
