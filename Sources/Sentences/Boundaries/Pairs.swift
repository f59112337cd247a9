// SPDX-License-Identifier: GPL-3.0-or-later

/// Matching brackets and quotation marks.
enum Pair: Sendable, Equatable {
    case straightDouble
    case straightSingle
    /// `‘…’`
    case single
    /// `“…”`
    case double
    /// `„…“` and `„…”`
    case low
    /// `«…»`
    case guillemets
    /// `»…«`
    case inwardGuillemets
    /// Any other; holds the closing character.
    case bracket(Unicode.Scalar)

    /// The pair that `scalar` opens, given the bytes on either side.
    static func opened(by scalar: Unicode.Scalar, after before: UInt8, before next: UInt8) -> Pair? {
        switch scalar {
        case "(": .bracket(")")
        case "[": .bracket("]")
        case "{": .bracket("}")
        case "（": .bracket("）")
        case "「": .bracket("」")
        case "『": .bracket("』")
        case "《": .bracket("》")
        case "〈": .bracket("〉")
        case "【": .bracket("】")
        case "“": .double
        case "„": .low
        case "‘": .single
        case "«": .guillemets
        case "»" where !before.isWordByte && !before.isClosingPunctuation && next != 0x20: .inwardGuillemets
        case "\"" where !before.isWordByte && next != 0x20: .straightDouble
        case "'" where before.isOpening && next.isWordByte: .straightSingle
        default: nil
        }
    }

    /// Whether `scalar` closes the pair, given the byte after it.
    func isClosed(by scalar: Unicode.Scalar, before next: UInt8) -> Bool {
        switch self {
        case .straightDouble: scalar == "\""
        case .straightSingle: scalar == "'" && !(next.isASCIILetter || next.isDigit)
        case .single: scalar == "’" && !(next.isASCIILetter || next.isDigit)
        case .double: scalar == "”"
        case .low: scalar == "“" || scalar == "”"
        case .guillemets: scalar == "»"
        case .inwardGuillemets: scalar == "«"
        case .bracket(let closer): scalar == closer
        }
    }

    /// Whether the closing mark may also be an apostrophe. Then it closes a quotation only after punctuation.
    fileprivate var isApostrophe: Bool { self == .straightSingle || self == .single }
}

/// The brackets and quotations that are open in a sentence, outermost first.
///
/// A sentence doesn't end inside them if they close soon.
struct OpenPairs: Sendable {
    /// The most bytes between the two sides of a pair.
    static let longest = 320
    /// The most nested pairs that are tracked.
    private static let deepest = 4

    private var open: [(pair: Pair, offset: Int)] = []
    /// A stretch without anything that closes this pair, so that the time stays linear with many openers.
    private var vain: (pair: Pair, range: Range<Int>)?

    mutating func removeAll() {
        open.removeAll(keepingCapacity: true)
    }

    /// Removes the pairs that opened at `offset` or later, where the text was taken back.
    mutating func removeAll(from offset: Int) {
        open.removeAll { $0.offset >= offset }
        forgetSearch()
    }

    /// Discards the result of the last search, since the text has changed.
    mutating func forgetSearch() {
        vain = nil
    }

    /// Records a character that may open or close a pair.
    mutating func pass(_ scalar: Unicode.Scalar, at offset: Int, _ bytes: ByteWindow) {
        let before = offset > bytes.start ? bytes[offset - 1] : 0x20
        let end = offset + UTF8Form.length(lead: bytes[offset])
        let next = end < bytes.end ? bytes[end] : 0x20
        if let index = open.lastIndex(where: { $0.pair.isClosed(by: scalar, before: next) }) {
            open.removeSubrange(index...)
        } else if open.count < Self.deepest, let pair = Pair.opened(by: scalar, after: before, before: next) {
            open.append((pair, offset))
        }
    }

    func isOpen(_ pair: Pair) -> Bool {
        open.contains { $0.pair == pair }
    }

    enum Closing: Equatable {
        /// Nothing is open, or it doesn't close soon enough.
        case none
        case at(Int)
        case unknown
    }

    /// Where the outermost pair closes that is still open after `closers`, the closing marks right after a terminator.
    ///
    /// - Parameters:
    ///   - limit: the end of the block, or of the text so far.
    ///   - isEnd: whether nothing relevant will come after `limit`.
    mutating func closing(
        after closers: Range<Int>, limit: Int, isEnd: Bool, _ bytes: ByteWindow
    ) -> Closing {
        while depth(after: closers, limit: limit, bytes) > 0, let (pair, opened) = open.first {
            switch search(for: pair, from: closers.upperBound, opened + Self.longest, limit, isEnd, bytes) {
            case .none: open.removeFirst()
            case let found: return found
            }
        }
        return .none
    }

    private func depth(after closers: Range<Int>, limit: Int, _ bytes: ByteWindow) -> Int {
        var depth = open.count
        var offset = closers.lowerBound
        while offset < closers.upperBound, depth > 0 {
            let scalar = bytes.scalar(at: offset)
            offset += UTF8Form.length(lead: bytes[offset])
            let next = offset < limit ? bytes[offset] : 0x20
            depth = open[..<depth].lastIndex { $0.pair.isClosed(by: scalar, before: next) } ?? depth
        }
        return depth
    }

    private mutating func search(
        for pair: Pair, from: Int, _ last: Int, _ limit: Int, _ isEnd: Bool, _ bytes: ByteWindow
    ) -> Closing {
        var position = from
        if let vain, vain.pair == pair, vain.range.contains(from) { position = vain.range.upperBound }
        let start = vain.map { $0.pair == pair && $0.range.contains(from) ? $0.range.lowerBound : from } ?? from
        defer { if position > start { vain = (pair, start..<position) } }
        while position < min(last, limit) {
            let byte = bytes[position]
            let end = position + UTF8Form.length(lead: byte)
            if Self.mayClose[Int(byte)] {
                guard end < limit || isEnd else { return .unknown }
                let next = end < limit ? bytes[end] : 0x20
                if pair.isClosed(by: bytes.scalar(at: position), before: next),
                    !pair.isApostrophe || bytes[position - 1].isPunctuation
                {
                    return .at(position)
                }
            }
            position = end
        }
        return position >= last || isEnd ? .none : .unknown
    }

    private static let mayClose: [Bool] = (0..<256).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), 0xC2, 0xE2,
            0xE3,
            0xEF:
            true
        default: false
        }
    }
}

extension UInt8 {
    /// A space, or a character that opens a bracket or quotation.
    fileprivate var isOpening: Bool {
        self == 0x20 || self == UInt8(ascii: "(") || self == UInt8(ascii: "[") || self == UInt8(ascii: "\"")
    }

    fileprivate var isPunctuation: Bool {
        self == UInt8(ascii: ".") || self == UInt8(ascii: ",") || self == UInt8(ascii: "!") || self == UInt8(ascii: "?")
            || self == 0xA6  // the last byte of an ellipsis
    }
}
