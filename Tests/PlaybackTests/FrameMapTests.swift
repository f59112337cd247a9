// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Playback

@Suite("Where the device is in the sound")
struct FrameMapTests {
    private let start = Moment(sinceZero: .seconds(100))

    /// 1000 samples from 0, 500 frames of silence, 1000 samples from 1000; at 1000 Hz, so that a frame is a
    /// millisecond.
    private func map() -> FrameMap {
        var map = FrameMap(format: PCMFormat(rate: 1_000), origin: 0)
        map.wroteSound(at: 0, 400)
        map.wroteSound(at: 400, 600)
        map.wroteSilence(500)
        map.wroteSound(at: 1_000, 1_000)
        return map
    }

    @Test(
        "follows from the delay: in a piece, in a pause, at the end",
        arguments: [(2_500, 0), (2_000, 500), (1_500, 1_000), (1_200, 1_000), (900, 1_100), (0, 2_000), (-3, 2_000)])
    func heard(delay: Int, position: Int) {
        var map = map()
        map.observe(delay: delay, at: start)
        #expect(map.heardPosition == position)
    }

    @Test("is the end of the last sentence as long as the pause after it lasts, whatever was forgotten")
    func pause() {
        var map = map()
        map.observe(delay: 1_400, at: start)
        #expect(map.heardPosition == 1_000)
        map.forgetHeard()
        #expect(map.heardPosition == 1_000)
        map.observe(delay: 900, at: start)
        #expect(map.heardPosition == 1_100)
    }

    @Test("gives every sample its moment, including pauses")
    func moments() throws {
        var map = map()
        #expect(map.moment(ofSampleAt: 0) == nil)
        map.observe(delay: 2_000, at: start)
        func milliseconds(_ moment: Moment?) -> Double? { moment.map { start.duration(to: $0).inMilliseconds } }
        #expect(milliseconds(map.moment(ofSampleAt: 0)) == -500)
        #expect(milliseconds(map.moment(ofSampleAt: 700)) == 200)
        #expect(milliseconds(map.moment(ofEndAt: 1_000)) == 500)
        #expect(milliseconds(map.moment(ofSampleAt: 1_000)) == 1_000)
        #expect(milliseconds(map.moment(ofEndAt: 2_000)) == 2_000)
        #expect(milliseconds(map.playsOutAt) == 2_000)
    }

    @Test("never goes back, whatever the device reports")
    func monotonic() {
        var map = map()
        map.observe(delay: 1_000, at: start)
        let heard = map.heardPosition
        map.observe(delay: 1_400, at: start)
        #expect(map.heardPosition == heard)
    }

    @Test("continues with time if the device has no delay, up to what it had")
    func extrapolation() {
        var map = map()
        map.extrapolate(to: start)
        #expect(map.heardPosition == 0)
        map.started(at: start)
        map.extrapolate(to: start.advanced(by: .milliseconds(300)))
        #expect(map.heardPosition == 300)
        map.extrapolate(to: start.advanced(by: .seconds(60)))
        #expect(map.heardPosition == 2_000)
    }

    @Test("starts over with the device")
    func reset() {
        var map = map()
        map.observe(delay: 0, at: start)
        map.reset(origin: 2_000)
        #expect(map.written == 0 && map.heard == 0 && map.heardPosition == 2_000)
        map.wroteSound(at: 2_000, 10)
        map.observe(delay: 4, at: start)
        #expect(map.heardPosition == 2_006)
    }
}
