// SPDX-License-Identifier: GPL-3.0-or-later

/// Removes what a program writes only for a terminal: colours, titles, spinners, and text that it erases again, as
/// `ollama run` does with words that don't fit in the line.
///
/// Text is never held back for this. What is erased later is taken back then, if it has not been said.
struct TerminalText: Sendable {
    enum Output: Equatable {
        /// Text, and its offset in what was appended.
        case text(ArraySlice<UInt8>, offset: Int)
        /// The text from here on is erased; the offset is in bytes of all `text`.
        case erase(from: Int)
    }

    /// Bytes whose meaning depends on what follows.
    private var pending: [UInt8] = []
    /// The offset of the first byte of `pending`, or of the next byte.
    private var offset = 0
    private var line = TerminalLine()
    /// How many columns the cursor is before the end of the line.
    private var back = 0
    private var isAtLineStart = false
    /// The cells after the cursor that are still visible.
    private var tail: [TerminalLine.Cell] = []
    /// The columns that were overwritten and not yet removed from `tail`.
    private var overwritten = 0
    /// Whether the end of the line has just been erased.
    private var hasErased = false

    /// Passes bytes through if all of them are text, as in most answers.
    ///
    /// - Returns: their offset in what was appended; `nil` if ``append(_:)`` must examine them.
    mutating func pass(_ bytes: [UInt8]) -> Int? {
        guard pending.isEmpty, !watchesLine else { return nil }
        guard !Self.holdsSpecial(bytes) else { return nil }
        line.append(bytes[...], hasNewline: Self.holdsNewline(bytes))
        defer { offset += bytes.count }
        return offset
    }

    mutating func append(_ bytes: [UInt8]) -> [Output] {
        read(pending + bytes, final: false)
    }

    /// Ends the text.
    mutating func finish() -> [Output] {
        var outputs = read(pending, final: true)
        giveTail(&outputs)
        return outputs
    }

    private var watchesLine: Bool { back > 0 || isAtLineStart || hasErased || !tail.isEmpty }

    private static let isSpecial: [Bool] = (0..<256).map { [0x08, 0x0D, 0x1B, 0xE2].contains($0) }

    /// Whether `bytes` contains a byte that must be examined. It has no branches, so that it can be vectorized.
    private static func holdsSpecial(_ bytes: [UInt8]) -> Bool {
        var found: UInt8 = 0
        for byte in bytes {
            found |= (byte == 0x08 ? 1 : 0) | (byte == 0x0D ? 1 : 0) | (byte == 0x1B ? 1 : 0) | (byte == 0xE2 ? 1 : 0)
        }
        return found != 0
    }

    private static func holdsNewline(_ bytes: [UInt8]) -> Bool {
        var found: UInt8 = 0
        for byte in bytes { found |= byte == 0x0A ? 1 : 0 }
        return found != 0
    }

    private mutating func read(_ bytes: [UInt8], final: Bool) -> [Output] {
        var outputs: [Output] = []
        let base = offset
        let isSpecial = Self.isSpecial
        var position = 0
        while position < bytes.count {
            let start = position
            while position < bytes.count {
                let byte = bytes[position]
                if isSpecial[Int(byte)] {
                    guard byte == 0xE2, !isSpinner(bytes, at: position) else { break }
                } else if byte == UInt8(ascii: "\n"), watchesLine {
                    break
                }
                position += 1
            }
            offset = base + start
            print(bytes[start..<position], &outputs)
            offset = base + position
            guard position < bytes.count else { break }
            guard let end = readSpecial(bytes, at: position, final: final, &outputs) else { break }
            position = end
        }
        pending = Array(bytes[position...])
        offset = base + position
        return outputs
    }

    /// - Returns: where to continue; `nil` if more bytes are needed.
    private mutating func readSpecial(
        _ bytes: [UInt8], at position: Int, final: Bool, _ outputs: inout [Output]
    ) -> Int? {
        switch bytes[position] {
        case UInt8(ascii: "\n"):
            endLine(&outputs)
            // A line that is wrapped right after its last word was erased goes on.
            give(hasErased ? (line.endsInHan ? [] : [0x20]) : bytes[position...position], &outputs)
            hasErased = false
            return position + 1
        case 0x08:
            moveBack(1)
            return position + 1
        case 0x0D:
            var end = position
            while end < bytes.count, bytes[end] == 0x0D { end += 1 }
            guard end < bytes.count || final || end - position > TerminalLine.longest else { return nil }
            if end < bytes.count, bytes[end] == UInt8(ascii: "\n") {
                endLine(&outputs)
                give(bytes[position...end], &outputs)
                hasErased = false
                return end + 1
            }
            isAtLineStart = true
            return end
        case 0xE2: return position + 3
        default:
            guard case .sequence(let sequence) = ControlSequence.read(bytes, at: position, final: final) else {
                return nil
            }
            obey(sequence, &outputs)
            return sequence.end
        }
    }

    private mutating func obey(_ sequence: ControlSequence, _ outputs: inout [Output]) {
        guard let command = sequence.command else { return }
        let count = max(1, sequence.parameter ?? 1)
        switch command {
        case UInt8(ascii: "D"): moveBack(count)
        case UInt8(ascii: "C"): moveOn(count, &outputs)
        case UInt8(ascii: "G"):
            if count == 1 {
                isAtLineStart = true
            } else {
                isAtLineStart = false
                let width = line.cells().reduce(0) { $0 + $1.width }
                back = max(0, width - count + 1)
                if width < count - 1 { print([0x20], &outputs) }
            }
        case UInt8(ascii: "K"), UInt8(ascii: "J"):
            if isAtLineStart || sequence.parameter ?? 0 > 0 {
                eraseLine(&outputs)
            } else if back > 0 {
                eraseBehindCursor(&outputs)
                hasErased = line.count > 0
            }
            tail = []
        case UInt8(ascii: "H"), UInt8(ascii: "f"), UInt8(ascii: "E"), UInt8(ascii: "B"):
            endLine(&outputs)
            give([UInt8(ascii: "\n")], &outputs)
        default: break
        }
    }

    private func isSpinner(_ bytes: [UInt8], at position: Int) -> Bool {
        position + 2 < bytes.count && (0xA0...0xA3).contains(bytes[position + 1])
    }
}

extension TerminalText {
    /// Writes text at the cursor, over what is there.
    private mutating func print(_ text: ArraySlice<UInt8>, _ outputs: inout [Output]) {
        guard !text.isEmpty else { return }
        if isAtLineStart {
            // Text that is written over the line replaces it, even if it is shorter.
            eraseLine(&outputs)
            tail = []
        } else if back > 0 {
            tail = eraseBehindCursor(&outputs) + tail
            overwritten = 0
        }
        hasErased = false
        if !tail.isEmpty {
            overwritten = String(decoding: text, as: UTF8.self).unicodeScalars.reduce(overwritten) { $0 + $1.columns }
            while overwritten > 0, let first = tail.first {
                overwritten -= max(first.width, 1)
                tail.removeFirst()
            }
        }
        give(text, &outputs)
    }

    private mutating func give(_ text: ArraySlice<UInt8>, _ outputs: inout [Output]) {
        guard !text.isEmpty else { return }
        outputs.append(.text(text, offset: offset))
        line.append(text)
    }

    private mutating func moveBack(_ columns: Int) {
        if !isAtLineStart, line.count > 0 { back = min(back + columns, line.count) }
    }

    private mutating func moveOn(_ columns: Int, _ outputs: inout [Output]) {
        if isAtLineStart {
            isAtLineStart = false
            back = line.cells().reduce(0) { $0 + $1.width }
        }
        if columns > back, tail.isEmpty { print([0x20], &outputs) }
        back = max(0, back - columns)
    }

    /// Takes back the text from the cursor on.
    @discardableResult
    private mutating func eraseBehindCursor(_ outputs: inout [Output]) -> [TerminalLine.Cell] {
        let cells = line.cells()
        var index = cells.count
        while index > 0, back > 0 {
            index -= 1
            back -= cells[index].width
        }
        back = 0
        guard index < cells.count else { return [] }
        erase(from: cells[index].offset, &outputs)
        return Array(cells[index...])
    }

    private mutating func eraseLine(_ outputs: inout [Output]) {
        back = 0
        isAtLineStart = false
        if line.count > 0 { erase(from: line.start, &outputs) }
    }

    private mutating func erase(from start: Int, _ outputs: inout [Output]) {
        outputs.append(.erase(from: start))
        line.erase(from: start)
    }

    private mutating func endLine(_ outputs: inout [Output]) {
        back = 0
        isAtLineStart = false
        giveTail(&outputs)
    }

    /// Writes the text after the cursor again.
    private mutating func giveTail(_ outputs: inout [Output]) {
        let cells = tail
        tail = []
        var text = String.UnicodeScalarView()
        for cell in cells { text.append(cell.scalar) }
        give(Array(String(text).utf8)[...], &outputs)
    }
}
