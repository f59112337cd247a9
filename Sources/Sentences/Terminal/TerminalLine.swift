// SPDX-License-Identifier: GPL-3.0-or-later

/// The line that a terminal's cursor is in, as far as it can be erased.
struct TerminalLine: Sendable {
    /// The content of one position in the line.
    struct Cell {
        var scalar: Unicode.Scalar
        /// Offset in bytes of all text.
        var offset: Int
        var width: Int
    }

    /// The most bytes of a line that can be erased, unless all of it is.
    static let longest = 512

    /// The number of bytes of all text so far.
    private var given = 0
    /// The line so far, in the stretches in which it arrived.
    private var stretches: [(bytes: [UInt8], start: Int)] = []
    /// The number of bytes of the line that are kept.
    private(set) var count = 0
    /// Where the line begins, in bytes of all text.
    private(set) var start = 0

    /// Appends text, and keeps only its last line.
    mutating func append(_ text: ArraySlice<UInt8>, hasNewline: Bool = true) {
        defer { given += text.count }
        if !hasNewline, let last = stretches.indices.last, stretches[last].start + stretches[last].bytes.count == given
        {
            // The line goes on, as with nearly every token.
            stretches[last].bytes.append(contentsOf: text)
            count += text.count
            if count > 2 * Self.longest { shorten() }
            return
        }
        var rest = text
        if hasNewline, let newline = text.lastIndex(of: UInt8(ascii: "\n")) {
            rest = text[(newline + 1)...]
            start = given + text.count - rest.count
            stretches.removeAll(keepingCapacity: true)
            count = 0
        }
        if rest.count > Self.longest {
            rest = rest.suffix(Self.longest)
            while let first = rest.first, UTF8Form.isContinuation(first) { rest.removeFirst() }
        }
        guard !rest.isEmpty else { return }
        let first = given + text.count - rest.count
        if let last = stretches.indices.last, stretches[last].start + stretches[last].bytes.count == first {
            stretches[last].bytes.append(contentsOf: rest)
        } else {
            stretches.append((Array(rest), first))
        }
        count += rest.count
        if count > 2 * Self.longest { shorten() }
    }

    private mutating func shorten() {
        var surplus = count - Self.longest
        while let first = stretches.first, surplus > 0 {
            var removed = min(surplus, first.bytes.count)
            while removed < first.bytes.count, UTF8Form.isContinuation(first.bytes[removed]) { removed += 1 }
            if removed == first.bytes.count {
                stretches.removeFirst()
            } else {
                stretches[0].bytes.removeFirst(removed)
                stretches[0].start += removed
            }
            count -= removed
            surplus -= removed
        }
    }

    /// The cells of the line's last bytes.
    func cells() -> [Cell] {
        var cells: [Cell] = []
        for (bytes, start) in stretches {
            var offset = start
            for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
                cells.append(Cell(scalar: scalar, offset: offset, width: scalar.columns))
                offset += UTF8.width(scalar)
            }
        }
        return cells
    }

    /// Removes the text from `place` on, in bytes of all text.
    mutating func erase(from place: Int) {
        while let (bytes, first) = stretches.last, first + bytes.count > place {
            stretches.removeLast()
            count -= bytes.count
            if first < place {
                stretches.append((Array(bytes.prefix(place - first)), first))
                count += place - first
            }
        }
    }

    /// Whether the line ends in a script that is written without spaces.
    var endsInHan: Bool {
        guard let last = stretches.last?.bytes, last.count > 2 else { return false }
        return (0xE3...0xE9).contains(last[last.count - 3])
    }
}

extension Unicode.Scalar {
    /// The number of columns that a terminal shows it in.
    var columns: Int {
        if value < 0x300 { return 1 }
        if properties.isGraphemeExtend || self == "\u{200D}" { return 0 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0xFF01...0xFF60, 0x1F300...0x1FAFF: return 2
        default: return isEastAsian ? 2 : 1
        }
    }
}
