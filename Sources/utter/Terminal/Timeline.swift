// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Utterance

/// Draws a row for each piece: when its text was generated, when it was synthesized, and when it was heard.
///
///     piece   0 s       2         4         6
///         1   ░░░▒████████████                     The river starts high in the northern mountains.
///         2      ░░░▒         ███████████          Every spring the melting snow fills the valleys.
struct Timeline {
    /// When a piece passed each stage, in ms since the request.
    struct Row {
        var index: Int
        var text: String
        var generated: ClosedRange<Double>
        var synthesized: Double?
        var soundStart: Double?
        var heard: Double?
    }

    private(set) var rows: [Row] = []
    private var generatedUpTo = 0.0

    mutating func add(_ event: Event) {
        let time = event.milliseconds
        switch event.kind {
        case .firstText:
            generatedUpTo = time
        case .piece(let piece):
            rows.append(Row(index: piece.index, text: piece.text, generated: min(generatedUpTo, time)...time))
            generatedUpTo = time
        case .synthesized(let synthesis): change(synthesis.index) { $0.synthesized = time }
        case .soundStart(let index): change(index) { $0.soundStart = time }
        case .heard(let index): change(index) { $0.heard = time }
        default: break
        }
    }

    private mutating func change(_ index: Int, _ body: (inout Row) -> Void) {
        guard let place = rows.lastIndex(where: { $0.index == index }) else { return }
        body(&rows[place])
    }

    /// The drawing, for a terminal that is `width` columns wide.
    func drawn(width: Int) -> String {
        guard !rows.isEmpty else { return "" }
        let chart = max(12, min(width - 46, 120))
        let room = max(8, min(36, width - chart - 10))
        let end =
            rows.map { max($0.heard ?? $0.soundStart ?? 0, $0.synthesized ?? 0, $0.generated.upperBound) }.max() ?? 1
        let scale = Double(chart - 1) / max(end, 1)
        var lines = ["piece  " + axis(end: end, scale: scale, columns: chart)]
        for row in rows {
            let number = String(row.index + 1)
            let bar = bar(row, scale: scale, columns: chart)
            lines.append(number.padded(to: 5, atStart: true) + "  " + bar + "  " + shortened(row.text, to: room))
        }
        lines.append(
            width < 60 ? "░ generated ▒ synthesized █ heard" : "       ░ text generated   ▒ synthesized   █ heard")
        return lines.joined(separator: "\n") + "\n"
    }

    private func bar(_ row: Row, scale: Double, columns: Int) -> String {
        var cells = [Character](repeating: " ", count: columns)
        func fill(_ from: Double, _ to: Double, _ mark: Character) {
            let first = max(0, min(columns - 1, Int(from * scale)))
            let last = min(columns - 1, max(first, Int(to * scale)))
            for cell in first...last { cells[cell] = mark }
        }
        fill(row.generated.lowerBound, row.generated.upperBound, "░")
        if let start = row.soundStart, let heard = row.heard { fill(start, heard, "█") }
        if let synthesized = row.synthesized { fill(synthesized, synthesized, "▒") }
        return String(cells)
    }

    /// The axis, with marks every 1, 2, 5, 10, … seconds, at least eight columns apart.
    private func axis(end: Double, scale: Double, columns: Int) -> String {
        let steps = [1.0, 2, 5, 10, 20, 30, 60, 120, 300, 600].map { $0 * 1_000 }
        let step = steps.first { $0 * scale >= 8 } ?? 1_800_000
        var line = "0 s"
        var mark = step
        while mark <= end {
            let column = Int(mark * scale)
            line = line.padded(to: column) + String(Int(mark / 1_000))
            mark += step
        }
        return line.padded(to: columns)
    }

    /// - Parameter length: in columns.
    private func shortened(_ text: String, to length: Int) -> String {
        let text = text.printable
        return text.columns > length ? text.shortened(to: length - "…".columns) + "…" : text
    }
}
