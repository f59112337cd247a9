// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Where a sentence ends, and what kind of piece it was.
struct SentenceBoundary: Equatable {
    /// After its last character, closers included.
    var end: Int
    var boundary: Piece.Boundary
    var kind: Piece.Kind
}

/// Finds the ends of sentences in ``PlainText`` as it grows.
///
/// Each end is certain: it follows from the text before it and a bounded stretch after it (``lookahead``). Where that
/// stretch is missing the scanner waits, and says with ``likelyEnd(in:)`` whether it waits at what most probably is one.
struct SentenceScanner: Sendable {
    /// The most bytes looked at after a possible end.
    static let lookahead = 64

    let terminators: Terminators
    let language: LanguageRules
    /// Everything before is decided.
    private(set) var cursor = 0
    /// The beginning of the sentence.
    private(set) var start = 0
    private(set) var kind = Piece.Kind.sentence
    private(set) var lineStart = 0
    /// The text's first sentence of an item: what begins with a number there is no sentence end.
    private(set) var blockStart = 0
    private(set) var candidate: Int?
    /// What the text from ``start`` to `weighedTo` weighs, and where to look again whether that is too much.
    private var weight = 0
    private var weighedTo = 0
    private var weighAt = 0
    private let longest: Int

    init(options: TextOptions) {
        terminators = Terminators(options.sentenceEnds)
        language = LanguageRules.rules(for: options.language)
        longest = max(options.longestPiece, 20)
        weighAt = longest * 3 / 4
    }

    /// What scanning came upon.
    enum Find: Equatable {
        case boundary(SentenceBoundary)
        /// More was read than a piece may hold, and no sentence has ended.
        case runOn
    }

    /// The next certain end of a sentence, or that it runs on.
    mutating func next(in plain: inout PlainText, final: Bool) -> Find? {
        while true {
            candidate = nil
            if runsOn(plain.bytes) { return .runOn }
            if let (offset, mark) = plain.marks.first, offset <= cursor {
                switch mark {
                case .block(let kind, let paragraph):
                    if let end = endBlock(at: offset, paragraph: paragraph || self.kind == .heading) {
                        return .boundary(end)
                    }
                    self.kind = kind
                    blockStart = offset
                    lineStart = offset
                case .note(let end):
                    if let end = endBlock(at: offset, paragraph: false) { return .boundary(end) }
                    cursor = end
                    plain.removeFirstMark()
                    return boundary(at: end, .sentence, kind: .note)
                case .lineBreak:
                    switch breaksLine(at: offset, plain, final: final) {
                    case .needsMore: return nil
                    case .yes:
                        plain.removeFirstMark()
                        lineStart = offset
                        return boundary(at: offset, .sentence)
                    case .no: lineStart = offset
                    }
                case .atom(let end): cursor = max(cursor, end)
                }
                plain.removeFirstMark()
                continue
            }
            let limit = min(plain.marks.first?.offset ?? plain.end, plain.end, weighAt)
            while cursor < limit, !terminators.leads[Int(plain.bytes[cursor])] { cursor += 1 }
            guard cursor < limit else {
                guard cursor < plain.end || plain.marks.first.map({ $0.offset <= cursor }) ?? false else { return nil }
                continue
            }
            switch judge(at: cursor, plain, final: final) {
            case .needsMore:
                candidate = cursor
                return nil
            case .no(let resume): cursor = max(resume, cursor + 1)
            case .yes(let end):
                cursor = end
                return boundary(at: end, isParagraphEnd(at: end, plain) ? .paragraph : .sentence)
            }
        }
    }

    /// Begins a new sentence at `offset`, which is not after what is decided.
    mutating func begin(at offset: Int) {
        start = offset
        cursor = max(cursor, offset)
        candidate = nil
        weigh(from: offset)
        if kind == .item || kind == .note { kind = .sentence }
    }

    /// Starts anew at `offset`: all before it is no part of the text.
    mutating func restart(at offset: Int) {
        start = offset
        cursor = offset
        lineStart = offset
        blockStart = offset
        kind = .sentence
        candidate = nil
        weigh(from: offset)
    }

    private mutating func weigh(from offset: Int) {
        weight = 0
        weighedTo = offset
        weighAt = offset + longest * 3 / 4
    }

    /// Whether the text up to the cursor is longer than a piece may be.
    private mutating func runsOn(_ bytes: ByteWindow) -> Bool {
        guard cursor >= weighAt else { return false }
        weight += bytes.weight(of: weighedTo..<cursor)
        weighedTo = cursor
        // No character weighs more than 4 for 3 bytes.
        weighAt = cursor + max(1, (longest - weight) * 3 / 4)
        return weight > longest
    }

    /// Whether `scalar` right after the end of a sentence belongs to it.
    func belongsToEnd(_ scalar: Unicode.Scalar) -> Bool {
        terminators.role(of: scalar) != .other
    }

    private mutating func boundary(
        at end: Int, _ boundary: Piece.Boundary, kind: Piece.Kind? = nil
    ) -> Find {
        .boundary(SentenceBoundary(end: end, boundary: boundary, kind: kind ?? self.kind))
    }

    private func endBlock(at offset: Int, paragraph: Bool) -> SentenceBoundary? {
        guard offset > start else { return nil }
        return SentenceBoundary(end: offset, boundary: paragraph ? .paragraph : .sentence, kind: kind)
    }

    /// A block that ends here with a blank line after it.
    private func isParagraphEnd(at end: Int, _ plain: PlainText) -> Bool {
        guard let (offset, mark) = plain.marks.first, offset == end, case .block(_, let paragraph) = mark else {
            return false
        }
        return paragraph || kind == .heading
    }
}

enum Verdict {
    case yes(end: Int)
    /// No end; scanning goes on at `resume`.
    case no(resume: Int)
    case needsMore
}
