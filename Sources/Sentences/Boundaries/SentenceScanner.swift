// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Where a sentence ends, and how.
struct SentenceBoundary: Equatable {
    /// The offset after its last character, including closing marks.
    var end: Int
    var boundary: Piece.Boundary
    var kind: Piece.Kind
}

/// Finds the ends of sentences in ``PlainText`` as it grows.
///
/// Each end is certain: it follows from the text before it and a bounded stretch after it. If that stretch is not
/// complete, the scanner waits; ``likelyEnd(in:)`` says whether the text so far stops at what most probably is an end.
struct SentenceScanner: Sendable {
    /// The most bytes of terminators and closing marks.
    static let longestEnding = 64

    let terminators: Terminators
    let language: LanguageRules
    /// Whether `.` has its usual meaning in the settings.
    let isFullStopUsual: Bool
    /// Everything before this offset is decided.
    private(set) var cursor = 0
    /// The beginning of the sentence, or of the rest of it.
    private(set) var start = 0
    /// The kind of the block.
    private(set) var kind = Piece.Kind.sentence
    private(set) var blockStart = 0
    private(set) var lineStart = 0
    /// Whether a paragraph begins where the piece begins.
    private(set) var opensParagraph = false
    var pairs = OpenPairs()
    var enumeration = Enumeration()
    private var weight: RunningWeight

    init(options: TextOptions) {
        terminators = Terminators(options.sentenceEnds)
        isFullStopUsual = terminators.role(of: ".") == .fullStop
        language = LanguageRules(language: options.language)
        weight = RunningWeight(longest: options.longestPiece)
    }

    /// A result of scanning.
    enum Find: Equatable {
        case boundary(SentenceBoundary)
        /// More was read than a piece may hold, without the end of a sentence.
        case runOn
    }

    /// The next certain end of a sentence, or that it runs on; `nil` if more text is needed.
    mutating func next(in plain: inout PlainText, final: Bool) -> Find? {
        while true {
            if weight.isTooMuch(at: cursor, plain.bytes) { return .runOn }
            if let (offset, mark) = plain.marks.first, offset <= cursor {
                // A block mark at the end of the text may still turn into one of another kind.
                if offset == plain.end, !final, case .block = mark { return nil }
                switch pass(mark, at: offset, &plain, final: final) {
                case .passed: plain.removeFirstMark()
                case .needsMore: return nil
                case .found(let boundary): return .boundary(boundary)
                }
                continue
            }
            let limit = min(plain.marks.first?.offset ?? plain.end, plain.end, weight.nextLook)
            while cursor < limit, !terminators.stops[Int(plain.bytes[cursor])] { cursor += 1 }
            guard cursor < limit else {
                let hasMark = plain.marks.first.map { $0.offset <= cursor } ?? false
                guard cursor < plain.end || cursor >= weight.nextLook || hasMark else { return nil }
                continue
            }
            if plain.bytes[cursor].isOpener, cursor + 1 < plain.end {
                pass(upTo: cursor + 1, plain.bytes)
                continue
            }
            switch judge(at: cursor, plain, final: final) {
            case .needsMore: return nil
            case .no(let resume): pass(upTo: resume, plain.bytes)
            case .yes(let end):
                if end == plain.end, !final, plain.hasBlockMark(at: end) { return nil }
                cursor = end
                let isParagraphEnd = plain.hasParagraphMark(at: end) || kind == .heading && plain.hasBlockMark(at: end)
                return .boundary(
                    SentenceBoundary(end: end, boundary: isParagraphEnd ? .paragraph : .sentence, kind: kind))
            }
        }
    }

    /// Begins a new piece at `offset`.
    ///
    /// - Parameter continues: whether it continues the same sentence.
    mutating func begin(at offset: Int, continues: Bool) {
        start = offset
        cursor = max(cursor, offset)
        weight.restart(at: offset)
        opensParagraph = false
        if !continues { pairs.removeAll() }
        if kind == .item || kind == .note { kind = .sentence }
    }

    /// Starts over at `offset`: nothing before it is part of the text.
    mutating func restart(at offset: Int) {
        kind = .sentence
        cursor = offset
        lineStart = offset
        blockStart = offset
        enumeration.reset()
        begin(at: offset, continues: false)
    }

    /// Takes back the text from `offset` on.
    mutating func goBack(to offset: Int) {
        guard offset < cursor else { return pairs.forgetSearch() }
        cursor = offset
        lineStart = min(lineStart, offset)
        blockStart = min(blockStart, offset)
        weight.restart(at: start)
        pairs.removeAll(from: offset)
    }

    private mutating func pass(upTo end: Int, _ bytes: ByteWindow) {
        while cursor < end {
            if terminators.stops[Int(bytes[cursor])] { pairs.pass(bytes.scalar(at: cursor), at: cursor, bytes) }
            cursor += UTF8Form.length(lead: bytes[cursor])
        }
    }

    private enum Passing {
        case passed
        case needsMore
        case found(SentenceBoundary)
    }

    private mutating func pass(
        _ mark: PlainText.Mark, at offset: Int, _ plain: inout PlainText, final: Bool
    ) -> Passing {
        switch mark {
        case .block(let next, let paragraph):
            if offset > start {
                let boundary: Piece.Boundary = paragraph || kind == .heading ? .paragraph : .sentence
                return .found(SentenceBoundary(end: offset, boundary: boundary, kind: kind))
            }
            opensParagraph = opensParagraph || paragraph
            if next == .sentence { enumeration.reset() }
            kind = next
            blockStart = offset
            lineStart = offset
        case .note(let end):
            if offset > start {
                return .found(SentenceBoundary(end: offset, boundary: .sentence, kind: kind))
            }
            cursor = end
            plain.removeFirstMark()
            return .found(SentenceBoundary(end: end, boundary: .sentence, kind: .note))
        case .lineBreak:
            switch breaksLine(at: offset, plain, final: final) {
            case .needsMore: return .needsMore
            case .no: lineStart = offset
            case .yes:
                lineStart = offset
                plain.removeFirstMark()
                return .found(SentenceBoundary(end: offset, boundary: .sentence, kind: kind))
            }
        case .atom(let end): cursor = max(cursor, end)
        }
        return .passed
    }
}

extension UInt8 {
    /// An ASCII character that may open a pair and never ends anything.
    fileprivate var isOpener: Bool {
        switch self {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}

/// Adds up the weight of text as it is read, and tells when it is more than a piece may hold.
struct RunningWeight: Sendable {
    private let longest: Int
    private var sum = 0
    private var weighedTo = 0
    /// Where to check again; before this offset the text can't weigh too much.
    private(set) var nextLook = 0

    init(longest: Int) {
        self.longest = max(longest, 20)
        restart(at: 0)
    }

    mutating func restart(at offset: Int) {
        sum = 0
        weighedTo = offset
        nextLook = offset + longest * 3 / 4
    }

    mutating func isTooMuch(at offset: Int, _ bytes: ByteWindow) -> Bool {
        guard offset >= nextLook else { return false }
        sum += bytes.weight(of: weighedTo..<offset)
        weighedTo = offset
        // No character weighs more than 4 per 3 bytes.
        nextLook = offset + max(1, (longest - sum) * 3 / 4)
        return sum > longest
    }
}
