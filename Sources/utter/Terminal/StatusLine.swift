// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// Shows on standard error what is being waited for, and for how long: on a terminal in one line that is redrawn,
/// elsewhere in a new line now and then.
final class StatusLine: Sendable {
    private struct State {
        var waiting: (what: String, since: Moment)?
        var isDrawn = false
        var saidAt: Duration = .zero
    }

    /// Without a terminal, the first line appears after this time, and another one whenever the time has doubled.
    private static let firstLine: Duration = .seconds(10)

    private let isTerminal: Bool
    private let hasSequences: Bool
    private let columns: @Sendable () -> Int
    private let clock: any MomentClock
    private let say: @Sendable (String) -> Void
    /// Redraws the line on a terminal; `nil` removes it.
    private let redraw: @Sendable (String?) -> Void
    private let state = Mutex(State())

    init(
        isTerminal: Bool = Console.errorIsTerminal, hasSequences: Bool = Console.hasSequences,
        columns: @escaping @Sendable () -> Int = { Console.width }, clock: any MomentClock = MonotonicClock(),
        say: @escaping @Sendable (String) -> Void = Console.say, redraw: (@Sendable (String?) -> Void)? = nil
    ) {
        self.isTerminal = isTerminal
        self.hasSequences = hasSequences
        self.columns = columns
        self.clock = clock
        self.say = say
        self.redraw = redraw ?? { say("\r\u{1B}[K" + ($0 ?? "")) }
    }

    /// Starts showing that `what` is being waited for.
    func wait(for what: String) {
        state.withLock { state in
            state.waiting = (what, clock.now)
            state.saidAt = .zero
        }
    }

    /// Shows a text until another one is shown or the line is cleared; only on a terminal.
    func show(_ text: String) {
        state.withLock { state in
            state.waiting = nil
            guard isTerminal else { return }
            redraw(text)
            state.isDrawn = true
        }
    }

    /// Stops waiting, and clears the line.
    func clear() {
        state.withLock { state in
            state.waiting = nil
            wipe(&state)
        }
    }

    /// Prints one of the program's messages; the status is redrawn after it.
    ///
    /// - Parameter isAside: whether it is dim on a terminal, since it comes with every answer.
    func tell(_ message: String, isAside: Bool = false) {
        state.withLock { state in
            wipe(&state)
            let text = Console.message(message, columns: isTerminal ? Console.width : nil)
            say(isAside && isTerminal && hasSequences ? "\u{1B}[2m\(text)\u{1B}[m" : text)
        }
    }

    /// Redraws every second until its task is cancelled.
    func run() async {
        while (try? await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil)) != nil {
            draw()
        }
    }

    private func draw() {
        state.withLock { state in
            guard let (what, since) = state.waiting else { return }
            let elapsed = since.duration(to: clock.now)
            let text = StatusText().counted(what, elapsed)
            if isTerminal {
                // Only one row can be redrawn.
                let whole = StatusText().stoppable(text)
                let columns = columns()
                redraw(whole.columns < columns ? whole : text.shortened(to: columns - 1))
                state.isDrawn = true
            } else if elapsed >= max(Self.firstLine, state.saidAt * 2) {
                state.saidAt = elapsed
                say("utter: \(text)\n")
            }
        }
    }

    private func wipe(_ state: inout State) {
        guard state.isDrawn else { return }
        redraw(nil)
        state.isDrawn = false
    }
}
