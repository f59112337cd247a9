// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonClient
import Pipeline
import Utterance

/// The daemon's status, for people.
struct StatusReport {
    private let status: DaemonStatus
    /// The sentence being heard, if it is known.
    private let sentence: String?

    init(_ status: DaemonStatus, sentence: String? = nil) {
        self.status = status
        self.sentence = sentence
    }

    /// All lines, each with a line end.
    var text: String {
        lines.map { $0 + "\n" }.joined()
    }

    /// The same for a terminal: long lines are wrapped, with an indent.
    func text(columns: Int) -> String {
        lines.flatMap { line in
            line.map { ShownCell($0, at: 0) }.wrapped(to: max(columns - 1, 1), hanging: 11)
        }.map { row in String(row.filter { $0.columns > 0 }.map(\.character)) + "\n" }.joined()
    }

    private var lines: [String] {
        let rows = [
            ("speaking", speaking), ("heard now", sentence), ("waiting", list(status.waiting)),
            ("suspended", list(status.suspended)),
            ("sound", sound), ("speaker", speaker), ("model", model), ("MQTT", broker), ("answers", answers),
            ("daemon", daemon), ("not ready", status.missing),
        ]
        return rows.compactMap { name, text in
            text.map { name.padded(to: 11) + $0.printable }
        }
    }

    private var speaking: String? {
        let prompt = status.prompt.map { $0.count > 60 ? $0.prefix(59) + "…" : $0 } ?? ""
        let answer = (status.speaking ?? "nothing") + (prompt.isEmpty ? "" : ", \"\(prompt)\"")
        return status.paused ? answer + ", paused (utter resume continues)" : answer
    }

    private func list(_ answers: [String]) -> String? {
        answers.isEmpty ? nil : answers.joined(separator: ", ")
    }

    private var sound: String? {
        let configured = status.configured
        let parts = [
            status.muted ? "muted (utter set mute=off)" : nil,
            (status.volume ?? configured?.volume).map { "volume \($0) %" },
            (status.rate ?? configured?.rate).map { "\($0) words per minute" },
            (status.voice ?? configured?.voice).map { "voice \($0)" },
        ]
        let given = parts.compactMap(\.self)
        return given.isEmpty ? "as configured" : given.joined(separator: ", ")
    }

    private var speaker: String? {
        guard let speaker = status.speaker, speaker.state != .unknown else { return nil }
        return speaker.trouble?.message ?? "connected" + (speaker.volume.map { ", the mixer at \($0) %" } ?? "")
    }

    private var model: String? {
        (status.model ?? "one that is installed") + (status.modelServer.map { " at \($0)" } ?? "")
    }

    private var broker: String? {
        status.broker.map { broker in
            if broker.isConnected { return "connected to \(broker.address)" }
            guard let message = broker.message else { return "connecting to \(broker.address)" }
            return broker.code.map { ShownMessage.text($0, message) } ?? message
        }
    }

    private var answers: String? {
        "\(status.finished) finished, \(status.stopped) stopped, \(status.failed) failed"
    }

    private var daemon: String? {
        "utter \(status.version), up for \(Self.time(Double(status.uptime)))"
    }

    /// At most two units: "3 d 4 h", "5 min", "12 s".
    static func time(_ seconds: Double) -> String {
        guard seconds >= 0, seconds < 1e10 else { return "an unknown time" }
        let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)]
        let whole = Int(seconds)
        let first = units.firstIndex { whole >= $0.1 } ?? units.count - 1
        let rest = whole % units[first].1
        var words = ["\(whole / units[first].1) \(units[first].0)"]
        if first + 1 < units.count, rest >= units[first + 1].1 {
            words.append("\(rest / units[first + 1].1) \(units[first + 1].0)")
        }
        return words.joined(separator: " ")
    }
}

/// The daemon's status, updated whenever something happens: redrawn on a terminal, elsewhere one after another.
struct StatusWatch {
    let daemon: DaemonClient
    var isTerminal = Console.outputIsTerminal

    /// Runs until the daemon ends.
    ///
    /// - Throws: `Fault(.daemonUnreachable)`; `Fault(.outputFailed)`.
    func run() async throws {
        var sentences = SoundingSentences()
        var shown = ""
        // Open the stream first, so that nothing is missed while the status is fetched.
        let events = try await daemon.events()
        shown = try await show(sentences, after: shown)
        for try await event in events {
            guard sentences.take(event) else { continue }
            shown = try await show(sentences, after: shown)
        }
        throw Fault.daemonEnded
    }

    /// - Returns: the text shown now.
    private func show(_ sentences: SoundingSentences, after shown: String) async throws -> String {
        let status = try await daemon.status()
        let report = StatusReport(status, sentence: status.speaking.flatMap { sentences.sentence(of: $0) })
        let text = isTerminal ? report.text(columns: TerminalSize.current.columns) : report.text
        guard text != shown else { return shown }
        try Console.write((isTerminal ? Self.wiping(shown) : shown.isEmpty ? "" : "\n") + text)
        return text
    }

    /// Moves to where `shown` began, and clears everything from there on.
    private static func wiping(_ shown: String) -> String {
        let lines = shown.count { $0 == "\n" }
        return lines == 0 ? "" : "\u{1B}[\(lines)A\r\u{1B}[J"
    }
}

/// Tracks from events which sentence each answer is saying.
struct SoundingSentences {
    private struct Answer {
        var pieces: [Int: String] = [:]
        var sounding: Int?
    }

    private var answers: [String: Answer] = [:]

    /// - Returns: whether there is something new to show.
    mutating func take(_ event: DeviceEvent) -> Bool {
        // The current sentence may be among the lost events.
        if case .missed = event { answers = [:] }
        guard case .answer(let event) = event else { return true }
        switch event.kind {
        case .piece(let piece):
            answers[event.answer, default: Answer()].pieces[piece.index] = piece.text
            return false
        case .soundStart(let index): answers[event.answer, default: Answer()].sounding = index
        case .heard(let index): answers[event.answer]?.pieces[index] = nil
        case .finished, .stopped, .failed: answers[event.answer] = nil
        case .accepted, .paused, .resumed: break
        default: return false
        }
        return true
    }

    /// The sentence of an answer that is being heard.
    func sentence(of answer: String) -> String? {
        answers[answer].flatMap { answer in answer.sounding.flatMap { answer.pieces[$0] } }
    }
}
