// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Pipeline

@Suite("When the listener is told to wait") struct WaitSignalTimerTests {
    private static func second(_ seconds: Double) -> Moment { Moment(sinceZero: .seconds(seconds)) }

    private static let both = SignalParameters(earcons: true, stillThinking: .seconds(10), question: "Why?")

    /// What is due at which second if only the signals are heard.
    private func due(_ parameters: SignalParameters, until end: Double) -> [String] {
        var timer = WaitSignalTimer(parameters, start: Self.second(0))
        var due: [String] = []
        while let wake = timer.wakeAt, wake <= Self.second(end) {
            if let signal = timer.due(at: wake, ahead: .zero) { due.append("\(signal) \(wake.sinceZero)") }
        }
        return due
    }

    @Test("produces an earcon after a second, and a sentence after the configured time, its double, and so on")
    func waiting() {
        #expect(
            due(Self.both, until: 50) == [
                "earcon 1.0 seconds", "sentence 10.0 seconds", "sentence 20.0 seconds", "sentence 40.0 seconds",
            ])
    }

    @Test("produces only what is switched on, and nothing if a text is read")
    func switches() {
        var parameters = Self.both
        parameters.earcons = false
        #expect(due(parameters, until: 15) == ["sentence 10.0 seconds"])
        parameters.stillThinking = nil
        #expect(due(parameters, until: 100) == [])
        parameters.earcons = true
        #expect(due(parameters, until: 100) == ["earcon 1.0 seconds"])
        parameters = Self.both
        parameters.question = nil
        #expect(due(parameters, until: 100) == [])
    }

    @Test("starts over when something was heard")
    func hearing() {
        var timer = WaitSignalTimer(Self.both, start: Self.second(0))
        #expect(timer.due(at: Self.second(10), ahead: .zero) == .sentence)
        timer.hear(until: Self.second(14))
        #expect(timer.wakeAt == Self.second(15))
        #expect(timer.due(at: Self.second(14), ahead: .zero) == nil)
        #expect(timer.due(at: Self.second(15), ahead: .zero) == .earcon)
        #expect(timer.wakeAt == Self.second(24))
    }

    @Test("is not needed while there is something to hear")
    func soundAhead() {
        var timer = WaitSignalTimer(Self.both, start: Self.second(0))
        #expect(timer.due(at: Self.second(1), ahead: .seconds(3)) == nil)
        #expect(timer.wakeAt == Self.second(5))
    }
}
