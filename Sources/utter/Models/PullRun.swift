// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import LanguageModel
import Synchronization
import Utterance

/// Pulls a model in the foreground, and shows its progress. SIGINT and SIGTERM stop it.
struct PullRun {
    let server: ModelServer
    let model: String

    /// - Throws: `ExitCode` after a signal; `Fault`.
    func run() async throws {
        defer { ProcessSignals.restoreDefaults() }
        guard let signal = try await ProcessSignals.interrupting(pull) else { return }
        throw ExitCode(signal)
    }

    /// Pulls the model without handling signals; the caller does, and cancels the task.
    ///
    /// - Throws: `CancellationError`; `Fault`.
    func pull() async throws {
        let screen = Screen(PullBar(model: model))
        defer {
            screen.end()
            if Task.isCancelled {
                Console.tell(
                    Bilingual.ofLocale(
                        "Stopped; what has arrived of \(model) is kept, and a later pull continues from there.",
                        "已停止；\(model) 已下载的部分会保留，下次接着下载。"))
            }
        }
        try await server.pull(model) { screen.show($0) }
    }

    /// The bar, shared with the task that receives the progress.
    private final class Screen: Sendable {
        private let bar: Mutex<PullBar>

        init(_ bar: PullBar) {
            self.bar = Mutex(bar)
        }

        func show(_ status: PullStatus) {
            bar.withLock { $0.show(status) }
        }

        func end() {
            bar.withLock { $0.end() }
        }
    }
}

/// Draws the progress of a pull: a line that is redrawn on a terminal; elsewhere a new line for every tenth.
struct PullBar {
    private let model: String
    private let isTerminal: Bool
    private let clock: any MomentClock
    private let say: @Sendable (String) -> Void
    private var progress = PullProgress()
    private var drawnAt: Moment?
    private var saidTenth = -1
    private var saidStatus = ""

    /// Often enough to look smooth, but not too often for a slow connection.
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

    /// Ends the line being redrawn.
    mutating func end() {
        if drawnAt != nil { say("\n") }
        drawnAt = nil
    }

    /// Bar, percentage, bytes, rate and time left. Parts at the end that don't fit are left out.
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
