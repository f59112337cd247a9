// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Playback

@Suite("What the playback thread and the others have in common")
struct PlaybackControlTests {
    private let control = PlaybackControl(parameters: PlaybackParameters())
    private let first = Fault(.deviceBusy, "Busy.")
    private let second = Fault(.deviceFailed, "Gone.")

    @Test("An utterance fails once, takes no more sound, and leaves the next one alone")
    func failing() {
        _ = control.reports.startUtterance()
        control.fail(1, with: first)
        control.fail(1, with: second)
        #expect(control.fault == first)
        #expect(control.queue.gate.admitted == nil)
        _ = control.reports.startUtterance()
        #expect(control.fault == nil)
        #expect(control.queue.gate.admitted == 2)
    }

    @Test("A fault that comes late, when the next utterance has begun, is not that one's")
    func late() {
        _ = control.reports.startUtterance()
        _ = control.reports.startUtterance()
        control.fail(1, with: first)
        #expect(control.fault == nil)
        #expect(control.queue.gate.admitted == 2)
        control.fail(2, with: second)
        control.fail(1, with: first)
        #expect(control.fault == second)
    }
}
