// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization
import Testing
import Utterance

@testable import utter

@Suite struct HeardPresenterTests {
    /// The final content of the terminal, including control sequences, so that styles can be seen.
    private func shown(_ kinds: [Event.Kind]) throws -> String {
        let screen = Screen()
        let status = StatusLine(isTerminal: true, say: screen.write)
        var presenter = HeardPresenter(
            status: status, awaited: "tiny", isInChat: true, size: { TerminalSize(columns: 80, rows: 24) },
            write: screen.write)
        for kind in kinds {
            try presenter.show(Event(answer: "a", sequence: 0, milliseconds: 0, kind: kind))
        }
        return screen.text
    }

    private final class Screen: Sendable {
        private let written = Mutex("")
        var text: String { written.withLock { $0 } }

        @Sendable func write(_ text: String) { written.withLock { $0 += text } }
    }

    private func summary(heardEnd: Int, of textBytes: Int) -> Event.Summary {
        var summary = Event.Summary()
        summary.heardEnd = heardEnd
        summary.textBytes = textBytes
        return summary
    }

    private let piece = Event.Kind.piece(
        index: 0, text: "One two.", spoken: "One two.", voice: "en-us", start: 0, end: 8)

    @Test("Once a piece was heard, its last character is plain too")
    func heard() throws {
        let screen = try shown([
            .text("One two. Three."), piece, .word(index: 0, start: 4, end: 7), .heard(index: 0),
        ])
        #expect(screen.hasSuffix("\rOne two.\u{1B}[0;2m Three.\u{1B}[m\u{1B}[K\u{1B}8"))
    }

    @Test("What was not heard of a stopped answer stays dim, and it says that it was stopped")
    func stopped() throws {
        let screen = try shown([.text("One two."), .stopped(summary(heardEnd: 3, of: 8))])
        #expect(screen.contains("\rOne\u{1B}[0;2m two.\u{1B}[m\u{1B}[K\u{1B}8\r\n\u{1B}[2m(stopped)"))
    }

    @Test("At the end of an answer all of it is plain")
    func finished() throws {
        let screen = try shown([.text("One two."), .finished(summary(heardEnd: 7, of: 8))])
        #expect(screen.hasSuffix("\rOne two.\u{1B}[K\u{1B}8\r\n\r\n"))
    }

    @Test(
        "A table that is only named is marked as a whole, but not a number that is read in words",
        arguments: [
            ("| A | B |\n|---|---|\n| c | d |\n", "Table.", true), ("It costs $5 now.\n", "It costs $5 now.", false),
        ])
    func note(text: String, said: String, isNote: Bool) throws {
        let screen = try shown([
            .text(text), .piece(index: 0, text: said, spoken: "Five.", voice: "en-us", start: 0, end: text.utf8.count),
            .word(index: 0, start: 0, end: 3),
        ])
        #expect(screen.contains("\u{1B}[0;1mc") == isNote)
        #expect(screen.contains("\u{1B}[0;1mIt ") != isNote)
    }

    @Test("A notice doesn't appear in the middle of the text")
    func notice() throws {
        let screen = try shown([
            .text("One "), .notice(Notice("truncated", "It is cut.")), .text("two."),
            .finished(summary(heardEnd: 8, of: 8)),
        ])
        #expect(screen.hasSuffix("\r\nutter: It is cut.\n\r\n"))
    }

    @Test("A fault that was already a notice is shown once")
    func fault() throws {
        let fault = Fault(.deviceBusy, "The device is busy.")
        let screen = try shown([
            .notice(Notice("device_busy", fault.message)), .text("One."), .failed(fault, summary(heardEnd: 0, of: 4)),
        ])
        #expect(screen.split(separator: "The device is busy.").count == 2)
    }

    @Test("What turned out to be reasoning stays dim when what follows is heard")
    func discard() throws {
        let screen = try shown([.text("Hmm."), .discard, .text("One."), .finished(summary(heardEnd: 8, of: 8))])
        #expect(!screen.contains("\rHmm."))
        #expect(screen.contains("\u{1B}7\rOne.\u{1B}[K\u{1B}8"))
    }
}
