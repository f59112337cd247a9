// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Utterance

/// Draws how far a pull is: on a terminal a line that is rewritten, elsewhere a line for every tenth.
struct PullBar {
    private let model: String
    private let isTerminal: Bool
    private let clock: any MomentClock
    private let say: @Sendable (String) -> Void
    private var progress = PullProgress()
    private var drawnAt: Moment?
    private var saidTenth = -1
    private var saidStatus = ""

    /// Often enough to be seen moving, seldom enough for a slow line.
    private static let interval = Duration.milliseconds(200)

    init(
        model: String, isTerminal: Bool = Console.errorIsTerminal, clock: any MomentClock = MonotonicClock(),
        say: @escaping @Sendable (String) -> Void = Console.say
    ) {
        self.model = model.printable
        self.isTerminal = isTerminal
        self.clock = clock
        self.say = say
    }

    mutating func show(_ status: PullStatus, width: Int = Console.width) {
        let now = clock.now
        progress.update(status, at: now)
        guard isTerminal else { return sayLine() }
        if let drawnAt, drawnAt.duration(to: now) < Self.interval, status.digest != nil { return }
        drawnAt = now
        say("\r\u{1B}[K" + line(width: width))
    }

    /// Ends the line that is rewritten.
    mutating func end() {
        if drawnAt != nil { say("\n") }
        drawnAt = nil
    }

    /// Bar, share, bytes, rate and time left; what does not fit is left out from the end.
    func line(width: Int) -> String {
        guard progress.total > 0 else { return String("\(model): \(progress.status)".prefix(width - 1)) }
        let cells = 24
        let full = Int(progress.fraction * Double(cells))
        let bar = "▕" + String(repeating: "█", count: full) + String(repeating: " ", count: cells - full) + "▏"
        var parts = [
            model, bar + " \(percent) %".padded(to: 6, atStart: true),
            String(bytes: progress.completed) + " of " + String(bytes: progress.total),
        ]
        if let rate = progress.rate, progress.completed < progress.total {
            parts.append(String(bytes: Int(rate)) + "/s")
            if let left = progress.timeLeft { parts.append(String(time: left) + " left") }
        } else if progress.completed == progress.total {
            parts.append(progress.status)
        }
        var line = ""
        for part in parts where (line + "  " + part).columns < width { line += line.isEmpty ? part : "  " + part }
        return line
    }

    private var percent: Int { Int(progress.fraction * 100) }

    private mutating func sayLine() {
        let tenth = progress.total > 0 ? percent / 10 : -1
        if tenth > saidTenth {
            say("utter: \(model): \(percent) % of \(String(bytes: progress.total))\n")
            saidTenth = tenth
        } else if progress.status != saidStatus, progress.completed == progress.total {
            say("utter: \(model): \(progress.status)\n")
        }
        saidStatus = progress.status
    }
}
