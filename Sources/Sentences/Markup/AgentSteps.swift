// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The steps of an agent that writes them as text (ReAct): `Thought:`, `Action:`, `Action Input:` and `Observation:`
/// are meant for a program; what follows `Final Answer:` is for the reader.
extension MarkupReader {
    enum AgentStep {
        /// A thought, action, input or observation: not read, up to an empty line or the next step.
        case hidden
        /// Only the label is not read.
        case answer
    }

    /// The beginning of a line, in lower case.
    private static let labels: [(text: [UInt8], step: AgentStep)] =
        ["thought:", "action:", "action input:", "observation:", "思考：", "行动：", "行动输入：", "观察："].map {
            (Array($0.utf8), .hidden)
        } + ["final answer:", "最终答案："].map { (Array($0.utf8), .answer) }

    /// Whether a label may begin with `byte`.
    static func mayBeginStep(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "t"), UInt8(ascii: "a"), UInt8(ascii: "o"), UInt8(ascii: "f"): true
        default: byte == 0xE6 || byte == 0xE8
        }
    }

    /// Begins a step at the beginning of a line; `nil` if there isn't one.
    mutating func beginStep(_ offset: Int, _ plain: inout PlainText) -> Step? {
        switch label(at: offset) {
        case .none: return nil
        case .needsMore: return .needsMore
        case .found(let end):
            guard let step = step(at: offset, labelEnd: end) else { return nil }
            if !hasSteps {
                switch areSteps(from: offset, end) {
                case .needsMore: return .needsMore
                case .none: return nil
                case .found: hasSteps = true
                }
            }
            begin(.sentence, at: end, &plain)
            isInStep = step == .hidden
            isSkippingLine = isInStep
            return .done
        }
    }

    /// Skips a line that continues a hidden step.
    mutating func continueStep(_ offset: Int) -> Step? {
        guard blankLines == 0 else {
            isInStep = false
            return nil
        }
        cursor = offset
        isAtLineStart = false
        isSkippingLine = true
        return .done
    }

    /// Finds the end of the label at `offset`.
    private func label(at offset: Int) -> Search {
        var mayCome = false
        for (text, _) in Self.labels {
            let end = min(offset + text.count, source.end)
            let matches = source[offset..<end].lazy.map { $0.isCapital ? $0 | 0x20 : $0 }.elementsEqual(
                text.prefix(end - offset))
            guard matches else { continue }
            if end == offset + text.count { return .found(end) }
            mayCome = true
        }
        return mayCome && !isFinal ? .needsMore : .none
    }

    private func step(at offset: Int, labelEnd: Int) -> AgentStep? {
        Self.labels.first { label in
            label.text.count == labelEnd - offset
                && source[offset..<labelEnd].lazy.map { $0.isCapital ? $0 | 0x20 : $0 }.elementsEqual(label.text)
        }?.step
    }

    /// Whether the line at `start` is a step rather than prose that begins with such a word: another step follows
    /// before an empty line, or the label is followed by what looks like a call: `search[…]`, `get_weather`.
    private func areSteps(from start: Int, _ labelEnd: Int) -> Search {
        let limit = min(source.end, start + Self.lookahead)
        var lineStart = start
        while let newline = source.firstOffset(of: UInt8(ascii: "\n"), in: lineStart..<limit) {
            if lineStart == start, isCall(labelEnd..<newline) { return .found(newline) }
            lineStart = skipBlanks(from: newline + 1)
            guard let first = byte(at: lineStart) else { return isFinal ? .none : .needsMore }
            if first == UInt8(ascii: "\n") { return .none }
            switch label(at: lineStart) {
            case .found: return .found(lineStart)
            case .needsMore: return .needsMore
            case .none: break
            }
        }
        if lineStart == start, isFinal, isCall(labelEnd..<limit) { return .found(limit) }
        return isFinal || limit - start >= Self.lookahead ? .none : .needsMore
    }

    /// `search[…]`, `search(…)`, `get_weather`
    private func isCall(_ range: Range<Int>) -> Bool {
        let start = min(skipBlanks(from: range.lowerBound), range.upperBound)
        var end = start
        var hasUnderscore = false
        while end < range.upperBound, source[end].isASCIILetter || source[end].isDigit || source[end] == 0x5F {
            hasUnderscore = hasUnderscore || source[end] == 0x5F
            end += 1
        }
        guard end > start else { return false }
        if end < range.upperBound, source[end] == UInt8(ascii: "[") || source[end] == UInt8(ascii: "(") { return true }
        return hasUnderscore && skipBlanks(from: end) >= range.upperBound
    }
}
