// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The mark-up reader's output: the text to be read, its structure, and where each byte came from.
///
/// Later stages drop what they have used, so that it holds about one piece. Runs of spaces are collapsed to one, and no
/// block begins or ends with a space.
struct PlainText: Sendable {
    /// A property of the place before a byte.
    enum Mark: Equatable {
        /// A block of this kind begins here. `paragraph`: more than a line break separates it from the last one.
        case block(Piece.Kind, paragraph: Bool)
        /// A line of the source ended here, within a block. Only a space is left of it.
        case lineBreak
        /// No cut may come before this offset: code, a URL, a formula.
        case atom(end: Int)
        /// The text up to `end` is a note, said in place of a block that is not read.
        case note(end: Int)

        /// The end of the text that it applies to; 0 if it applies to a place.
        var end: Int {
            switch self {
            case .atom(let end), .note(let end): end
            case .block, .lineBreak: 0
            }
        }
    }

    /// Where source bytes have no text, or text of another length: text from `text` on comes from `after` on, and text
    /// before it from before `before`.
    struct Jump: Equatable {
        var text: Int
        var before: Int
        var after: Int
    }

    private(set) var bytes = ByteWindow()
    private(set) var marks = Queue<(offset: Int, mark: Mark)>()
    private var jumps = Queue<Jump>()
    /// The formulas in the text, their source, and the language of the answer before them.
    private(set) var formulas = Queue<(range: Range<Int>, source: String, answer: String)>()
    /// The source offset after the last byte.
    private var sourceEnd = 0
    /// The source offset of the space that comes before the next byte.
    private var blankSource: Int?
    /// Whether an emoji or the like was left out since the last byte. Then there is no space before a full stop.
    private var droppedSymbol = false
    /// Whether the pending space only stands for such a symbol.
    private var isSymbolAlone = false

    var end: Int { bytes.end }

    /// Whether the last word is complete.
    var endsInBlank: Bool { blankSource != nil }

    /// Where the block began.
    private(set) var blockStart = 0

    /// Whether nothing has been read since the block began.
    private(set) var isAtBlockStart = true

    /// The last two bytes; they may have been dropped.
    private var tail: (UInt8, UInt8) = (0x20, 0x20)

    /// The last byte of the block; a space if there isn't one, or if a space is pending.
    var lastByte: UInt8 {
        isAtBlockStart || blankSource != nil ? 0x20 : tail.1
    }

    /// Whether a sentence may begin next: the block is empty, or ends in a mark that ends a sentence.
    var mayBeginSentence: Bool {
        isAtBlockStart || [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(tail.1)
            || tail == (0x80, 0x82) || tail == (0xBC, 0x81) || tail == (0xBC, 0x9F)  // 。！？
    }

    /// The byte before ``lastByte``.
    var byteBeforeLast: UInt8 { tail.0 }
}

extension PlainText {
    /// Appends source bytes unchanged.
    mutating func append(_ text: ArraySlice<UInt8>, from source: Int) {
        guard let first = text.first else { return }
        begin(first, source)
        bytes.append(contentsOf: text)
        sourceEnd = source + text.count
        keepTail()
    }

    /// Appends one source byte unchanged.
    mutating func append(_ byte: UInt8, from source: Int) {
        guard source == sourceEnd, !isAtBlockStart, blankSource == nil, !droppedSymbol else {
            return append([byte], from: source)
        }
        bytes.append(byte)
        sourceEnd += 1
        tail = (tail.1, byte)
    }

    /// Appends text that stands for the bytes `source` of the source.
    mutating func append(_ text: some Collection<UInt8>, for source: Range<Int>) {
        guard let first = text.first else { return }
        begin(first, source.lowerBound)
        if text.count != source.count { addJump(before: sourceEnd, after: source.lowerBound, always: true) }
        bytes.append(contentsOf: text)
        sourceEnd = source.upperBound
        addJump(before: sourceEnd, after: sourceEnd)
        keepTail()
    }

    /// Records a space at `source`.
    mutating func appendBlank(from source: Int) {
        isSymbolAlone = false
        if !isAtBlockStart, blankSource == nil { blankSource = source }
    }

    /// Records that a symbol at `source` was left out; the words on either side stay apart.
    mutating func dropSymbol(at source: Int) {
        let isAlone = blankSource == nil || isSymbolAlone
        appendBlank(from: source)
        isSymbolAlone = isAlone
        droppedSymbol = true
    }

    /// Ends the block, and begins one of `kind`.
    mutating func beginBlock(_ kind: Piece.Kind, paragraph: Bool) {
        var paragraph = paragraph
        endBlock()
        if let last = marks.last, last.offset == end, case .block(_, let earlier) = last.mark {
            paragraph = paragraph || earlier
            marks.removeLast()
        }
        marks.append((end, .block(kind, paragraph: paragraph)))
    }

    mutating func addNote(_ text: String, for source: Range<Int>) {
        endBlock()
        addJump(before: sourceEnd, after: source.lowerBound)
        marks.append((end, .note(end: end + text.utf8.count)))
        bytes.append(contentsOf: text.utf8)
        sourceEnd = source.upperBound
        addJump(before: sourceEnd, after: sourceEnd)
    }

    /// Records that a line of the source ended at `source`.
    mutating func breakLine(at source: Int) {
        guard !isAtBlockStart else { return }
        appendBlank(from: source)
        if let last = marks.last, last.offset == end, last.mark == .lineBreak { return }
        marks.append((end, .lineBreak))
    }

    /// Forbids cuts from `start` to `end`, or to the end of the text.
    mutating func addAtom(from start: Int, to end: Int? = nil) {
        let end = end ?? self.end
        guard start < end else { return }
        marks.append((start, .atom(end: end)))
    }

    private mutating func endBlock() {
        blankSource = nil
        blockStart = end
        isAtBlockStart = true
        droppedSymbol = false
        isSymbolAlone = false
    }

    private mutating func keepTail() {
        tail = (end - 2 < bytes.start ? tail.1 : bytes[end - 2], bytes[end - 1])
    }

    private mutating func begin(_ first: UInt8, _ source: Int) {
        // No space before a full stop, and none between Han characters that had none.
        let isNeedless =
            droppedSymbol && (first.isClosingPunctuation || isSymbolAlone && first >= 0xE3 && tail.1 >= 0x80)
        if let blank = blankSource, !isNeedless {
            addJump(before: sourceEnd, after: blank)
            bytes.append(0x20)
            sourceEnd = blank + 1
        }
        blankSource = nil
        droppedSymbol = false
        isSymbolAlone = false
        isAtBlockStart = false
        addJump(before: sourceEnd, after: source)
    }

    private mutating func addJump(before: Int, after: Int, always: Bool = false) {
        if var last = jumps.last, last.text == end {
            last.after = after
            jumps.removeLast()
            jumps.append(last)
        } else if always || before != after || jumps.last.map({ $0.after + end - $0.text != before }) ?? true {
            jumps.append(Jump(text: end, before: before, after: after))
        }
    }
}

extension PlainText {
    /// Whether an emoji or the like was left out since the last byte.
    var endsInDroppedSymbol: Bool { droppedSymbol }

    mutating func removeFirstMark() {
        marks.removeFirst()
    }

    /// Marks everything before `offset` as no longer needed.
    mutating func drop(before offset: Int) {
        bytes.drop(before: offset)
        while jumps.count > 1, jumps[1].text <= offset { jumps.removeFirst() }
        while let formula = formulas.first, formula.range.upperBound <= offset { formulas.removeFirst() }
    }

    /// Records that `range` stands for a formula.
    mutating func addFormula(_ range: Range<Int>, _ source: String, _ answerLanguage: String) {
        if !range.isEmpty { formulas.append((range, source, answerLanguage)) }
    }

    /// Takes back what came from `source` or later, but nothing before `earliest`.
    ///
    /// - Returns: whether anything was taken back.
    mutating func erase(from source: Int, notBefore earliest: Int) -> Bool {
        if let blank = blankSource, blank >= source { blankSource = nil }
        droppedSymbol = false
        isSymbolAlone = false
        var place = max(min(place(of: source), end), earliest, bytes.start)
        guard place < end else { return false }
        // Spaces are only kept between words, never at the end.
        let endsInBlank = place > max(earliest, bytes.start) && bytes[place - 1] == 0x20
        if endsInBlank { place -= 1 }
        bytes.removeAll(from: place)
        while let last = jumps.last, last.text > place { jumps.removeLast() }
        sourceEnd = jumps.last.map { $0.text == place ? $0.before : $0.after + place - $0.text } ?? place
        if endsInBlank { blankSource = sourceEnd }
        while let formula = formulas.last, formula.range.upperBound > place { formulas.removeLast() }
        while let (offset, mark) = marks.last, offset > place || mark.end > place { marks.removeLast() }
        blockStart = min(blockStart, place)
        isAtBlockStart = blockStart == place
        if isAtBlockStart { blankSource = nil }
        if place > bytes.start { keepTail() }
        return true
    }

    /// Where the text begins that came from `source` or later.
    private func place(of source: Int) -> Int {
        var index = jumps.count
        while index > 0 {
            let jump = jumps[index - 1]
            if jump.after <= source { return jump.text + source - jump.after }
            if jump.before <= source { return jump.text }
            index -= 1
        }
        return jumps.isEmpty ? source : 0
    }

    /// Forgets everything: a new text begins at `source` of the source.
    mutating func restart(at source: Int) {
        endBlock()
        bytes.restart(at: end)
        marks.removeAll()
        jumps.removeAll()
        formulas.removeAll()
        sourceEnd = source
    }

    /// The text of `range`, with its map to the source.
    func mapped(_ range: Range<Int>) -> MappedText {
        var anchors: [Alignment.Anchor] = []
        var shift = 0
        var index = 0
        while index < jumps.count, jumps[index].text <= range.lowerBound {
            shift = jumps[index].after - jumps[index].text
            index += 1
        }
        // Where text is longer than its source, no byte maps past the source's end.
        func source(_ offset: Int) -> Int {
            min(offset + shift, index < jumps.count ? jumps[index].before : .max)
        }
        anchors.reserveCapacity(2 * min(jumps.count - index, 16) + 2)
        anchors.append(Alignment.Anchor(spoken: 0, source: source(range.lowerBound)))
        while index < jumps.count, jumps[index].text < range.upperBound {
            let jump = jumps[index]
            let spoken = jump.text - range.lowerBound
            anchors.append(Alignment.Anchor(spoken: spoken, source: jump.before))
            if jump.after != jump.before { anchors.append(Alignment.Anchor(spoken: spoken, source: jump.after)) }
            shift = jump.after - jump.text
            index += 1
        }
        anchors.append(Alignment.Anchor(spoken: range.count, source: source(range.upperBound)))
        return MappedText(text: bytes.string(range), anchors: anchors)
    }
}
