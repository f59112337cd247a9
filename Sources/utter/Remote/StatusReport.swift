// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import ServiceClient
import Utterance

/// The daemon's status for people.
struct StatusReport {
    private let status: DaemonStatus
    /// What is being heard, if that is known.
    private let sentence: String?

    init(_ status: DaemonStatus, sentence: String? = nil) {
        self.status = status
        self.sentence = sentence
    }

    /// Lines, with their ends.
    var text: String {
        lines.map { $0 + "\n" }.joined()
    }

    /// The same for a terminal of so many columns: no line takes more than one of its rows.
    func text(columns: Int) -> String {
        lines.map { line in
            var room = columns - 1
            let fitting = line.prefix { character in
                room -= character.columns
                return room >= 0
            }
            return fitting + "\n"
        }.joined()
    }

    private var lines: [String] {
        let rows = [
            ("speaking", speaking), ("heard now", sentence), ("waiting", list(status.waiting)),
            ("suspended", list(status.suspended)),
            ("sound", sound), ("model", model), ("answers", answers), ("daemon", daemon), ("not ready", status.missing),
        ]
        return rows.compactMap { name, text in
            text.map { name + String(repeating: " ", count: 11 - name.count) + $0.printable }
        }
    }

    private var speaking: String? {
        let answer = status.speaking ?? "nothing"
        return status.paused ? answer + ", paused (utter resume goes on)" : answer
    }

    private func list(_ answers: [String]) -> String? {
        answers.isEmpty ? nil : answers.joined(separator: ", ")
    }

    private var sound: String? {
        let parts = [
            status.muted ? "muted (utter set mute=off)" : nil, status.volume.map { "volume \($0) %" },
            status.rate.map { "\($0) words per minute" }, status.voice.map { "voice \($0)" },
        ]
        let given = parts.compactMap(\.self)
        return given.isEmpty ? "as configured" : given.joined(separator: ", ")
    }

    private var model: String? {
        status.model ?? "one that is installed"
    }

    private var answers: String? {
        "\(status.finished) finished, \(status.stopped) stopped, \(status.failed) failed"
    }

    private var daemon: String? {
        "utter \(status.version), up for \(Self.time(Double(status.uptime)))"
    }

    /// Two units at most: 3 d 4 h, 5 min, 12 s.
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
