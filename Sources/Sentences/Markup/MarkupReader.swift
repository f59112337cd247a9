// SPDX-License-Identifier: GPL-3.0-or-later
import TextNormalization
import Utterance

/// Reads a model's Markdown as it arrives, and yields what a reader would see: text, and its blocks.
///
/// Every construct is decided from the bytes before it and a bounded number of bytes after it; while those are missing,
/// ``read(into:final:)`` waits. Anything that doesn't close within its bound is text. So the result doesn't depend on
/// how the text was split, and the time is linear.
struct MarkupReader: Sendable {
    /// The most bytes in which a construct must close: a link's label, inline code, a tag.
    static let lookahead = 1_024
    /// The most bytes of a link's target or a bare URL.
    static let longestAddress = 2_048

    /// Whether reading can go on.
    enum Step {
        case done
        case needsMore
    }

    /// The result of searching ahead.
    enum Search {
        case found(Int)
        case none
        case needsMore
    }

    struct Fence {
        var marker: UInt8
        var length: Int
    }

    let options: TextOptions
    var source = ByteWindow()
    /// The next byte to read.
    var cursor = 0
    /// Whether no more bytes will come.
    var isFinal = false

    var isAtLineStart = true
    var blankLines = 0
    var block = Piece.Kind.sentence
    /// The fence of the code block that is being skipped.
    var fence: Fence?
    /// Whether the table's rows may begin without `|`.
    var isBareTable = false
    var isInTable = false
    /// The element whose content is being skipped: `script` or `style`.
    var skippedElement: String?
    /// What is being skipped ends with these bytes, which are skipped too.
    var skippedToken: [UInt8]?
    /// Whether the rest of the line is skipped.
    var isSkippingLine = false
    /// Whether the text contains an agent's steps, and whether the line belongs to a hidden one.
    var hasSteps = false
    var isInStep = false
    /// For links whose labels are being read, outermost first: where the closing bracket is, and where to continue
    /// after it.
    var openLinks: [(close: Int, resume: Int)] = []
    /// The offsets of the closing marks of a highlight (`==`), and of emphasis that is a sentence by itself.
    var highlightEnd = -1
    var remarkEnd = -1
    /// Whether a label in 【】 began its block.
    var labelOpensBlock = false
    /// Where the last no-break space ended.
    var noBreakSpaceEnd = -1
    /// The number of open emphasis marks in this block.
    var openStars = 0
    /// Where searches for a closing byte failed.
    var searches = SearchMemory()
    /// The language of the answer, as far as it was counted: without notes and formulas.
    private var countedLanguage: AnswerLanguage
    private var countedTo = 0

    init(options: TextOptions, language: AnswerLanguage) {
        self.options = options
        countedLanguage = language
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        source.append(contentsOf: bytes)
    }

    /// Reads as far as the text allows.
    ///
    /// - Parameter final: whether nothing will follow; everything that was waiting is then decided.
    mutating func read(into plain: inout PlainText, final: Bool) {
        isFinal = final
        while cursor < source.end {
            let step =
                if fence != nil {
                    skipCode(&plain)
                } else if let skippedElement {
                    skipElement(skippedElement)
                } else if let skippedToken {
                    skipToken(skippedToken)
                } else if isSkippingLine {
                    skipLine()
                } else if isAtLineStart {
                    beginLine(&plain)
                } else {
                    readInline(&plain)
                }
            if step == .needsMore { break }
        }
        source.drop(before: cursor)
    }

    /// The language of the answer so far.
    mutating func language(of plain: PlainText) -> AnswerLanguage {
        count(plain)
        return countedLanguage
    }

    /// BCP 47 tag of the language for what comes next, if that has no letters.
    mutating func currentLanguage(of plain: PlainText) -> String {
        count(plain)
        return countedLanguage.current
    }

    /// Counts the text up to its end, once, to determine the language of what comes next. Text must be counted before
    /// it is dropped.
    mutating func count(_ plain: PlainText) {
        let start = max(countedTo, plain.bytes.start)
        if start < plain.end { countedLanguage.count(plain.bytes[start..<plain.end].span) }
        countedTo = plain.end
    }

    /// Marks all text up to its end as not prose, so that it isn't counted.
    mutating func passUncounted(_ plain: PlainText) {
        countedTo = plain.end
    }

    /// Starts over: what was read so far is not part of the answer. The next byte has the offset `offset`.
    mutating func restart(at offset: Int, _ language: AnswerLanguage) {
        let options = options
        self = MarkupReader(options: options, language: language)
        source.restart(at: offset)
        cursor = offset
    }

    /// Erases everything from `offset` on that has not been read yet.
    mutating func erase(from offset: Int) {
        source.fill(from: max(offset, cursor), with: Self.erased)
    }

    /// Takes back the text from `offset` on.
    mutating func goBack(to offset: Int) {
        countedTo = min(countedTo, offset)
    }

    /// Replaces a byte that was erased.
    static let erased: UInt8 = 0x7F

    /// The byte at `offset`; `nil` at the end of what has arrived.
    func byte(at offset: Int) -> UInt8? {
        offset < source.end ? source[offset] : nil
    }

    /// The end of the run of `byte` at `offset`.
    func endOfRun(of byte: UInt8, from offset: Int, limit: Int = .max) -> Int {
        var end = offset
        while end < source.end, end - offset < limit, source[end] == byte { end += 1 }
        return end
    }
}

/// Remembers where searches failed, so that the time stays linear with many openers and no closer.
struct SearchMemory: Sendable {
    private var vain: [(from: Int, to: Int)] = Array(repeating: (0, 0), count: Kind.allCases.count)

    enum Kind: Int, CaseIterable {
        case tick
        case ticks
        case manyTicks
        case bracket
        case angle
        case comment
        case dollar
        case dollars
        case round
        case square
        case closingTag
        case brace
        case highlight
    }

    /// Where a search of `kind` must begin if it starts at `offset`.
    func start(_ kind: Kind, from offset: Int) -> Int {
        let memory = vain[kind.rawValue]
        return memory.from <= offset ? max(offset, memory.to) : offset
    }

    /// Records that nothing was found between `offset` and `end`.
    mutating func note(_ kind: Kind, from offset: Int, to end: Int) {
        if end > vain[kind.rawValue].to { vain[kind.rawValue] = (offset, end) }
    }
}
