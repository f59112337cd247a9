// SPDX-License-Identifier: GPL-3.0-or-later
import TextNormalization
import Utterance

/// Reads a model's Markdown as it comes and says what a reader would see: text, and the blocks it is built of.
///
/// Every construct is decided from the bytes before it and a bounded number of bytes after it; while these are
/// missing, ``read(into:final:)`` waits. What does not close within its bound is text. So the result does not depend
/// on how the text was cut, and the time is linear.
struct MarkupReader: Sendable {
    /// The most bytes that a construct's end may be away: a link's label, inline code, a tag.
    static let lookahead = 1_024
    /// The most bytes of a link's target or a bare address.
    static let longestAddress = 2_048

    /// Whether reading can go on.
    enum Step {
        case done
        case needsMore
    }

    /// What came of looking for something further on.
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
    /// No more bytes will come.
    var isFinal = false

    var isAtLineStart = true
    var blankLines = 0
    var block = Piece.Kind.sentence
    /// The fence of the code block that is being skipped.
    var fence: Fence?
    /// The table's rows need not begin with `|`.
    var isBareTable = false
    var isInTable = false
    /// The element whose content is being skipped: `script` or `style`.
    var skippedElement: String?
    /// What is being skipped goes on up to these bytes, and they with it.
    var skippedToken: [UInt8]?
    /// The rest of the line is not read.
    var isSkippingLine = false
    /// The text holds an agent's steps; the line belongs to one that is not read.
    var hasSteps = false
    var isInStep = false
    /// Closing brackets of links whose labels are being read, outermost first: where each is, and where to go on.
    var openLinks: [(close: Int, resume: Int)] = []
    /// Where marks stand that close what was opened: `==`, and emphasis that is a sentence of its own.
    var highlightEnd = -1
    var remarkEnd = -1
    /// A label in 【】 began its block.
    var labelOpensBlock = false
    /// Where the last no-break space ended.
    var noBreakSpaceEnd = -1
    /// Emphasis that is open in this block.
    var openStars = 0
    /// Where a search for a closing byte need not begin again.
    var searches = SearchMemory()
    /// Of the answer as far as it was counted: what is no note and no formula.
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
    /// - Parameter final: nothing will follow: what was waited for is decided.
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

    /// BCP 47 tag of the language of what comes, if it has no letters.
    mutating func currentLanguage(of plain: PlainText) -> String {
        count(plain)
        return countedLanguage.current
    }

    /// Counts the text up to the end, once, for the language of what comes. Before text is dropped it has to be counted.
    mutating func count(_ plain: PlainText) {
        let start = max(countedTo, plain.bytes.start)
        if start < plain.end { countedLanguage.count(plain.bytes[start..<plain.end].span) }
        countedTo = plain.end
    }

    /// Says that all of the text up to its end is not prose.
    mutating func passUncounted(_ plain: PlainText) {
        countedTo = plain.end
    }

    /// Starts over: what was read so far is not part of the answer. What comes has the offset `offset`.
    mutating func restart(at offset: Int, _ language: AnswerLanguage) {
        let options = options
        self = MarkupReader(options: options, language: language)
        source.restart(at: offset)
        cursor = offset
    }

    /// What stands from `offset` on was erased: what of it is not read yet means nothing.
    mutating func erase(from offset: Int) {
        source.fill(from: max(offset, cursor), with: Self.erased)
    }

    /// The text from `offset` on was taken back.
    mutating func goBack(to offset: Int) {
        countedTo = min(countedTo, offset)
    }

    /// Stands for a byte that was erased.
    static let erased: UInt8 = 0x7F

    /// The byte at `offset`, or nil at the end of what is there.
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

/// Remembers how far searches went in vain, so that many openers without a closer cost linear time.
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

    /// Where a search of `kind` from `offset` must begin.
    func start(_ kind: Kind, from offset: Int) -> Int {
        let memory = vain[kind.rawValue]
        return memory.from <= offset ? max(offset, memory.to) : offset
    }

    /// Nothing was found between `offset` and `end`.
    mutating func note(_ kind: Kind, from offset: Int, to end: Int) {
        if end > vain[kind.rawValue].to { vain[kind.rawValue] = (offset, end) }
    }
}
