// SPDX-License-Identifier: GPL-3.0-or-later

/// Links, images and bare URLs.
extension MarkupReader {
    /// `[label](target)`, `![label](target)`, `[label][reference]`, `[1]`.
    mutating func readLink(_ plain: inout PlainText) -> Step {
        var open = cursor
        if source[open] == UInt8(ascii: "!") {
            // Right after a word, "!" ends a sentence, and must not wait for what follows.
            guard plain.lastByte == 0x20, !isFrenchMark(at: open, plain) else { return take(1, &plain) }
            guard let next = byte(at: open + 1) else { return isFinal ? take(1, &plain) : .needsMore }
            guard next == UInt8(ascii: "[") else { return take(1, &plain) }
            open += 1
        }
        switch source[cursor] == UInt8(ascii: "[") ? call(at: cursor) : .none {
        case .needsMore: return .needsMore
        case .found(let end):
            plain.dropSymbol(at: cursor)
            return leaveOut(end - cursor)
        case .none: break
        }
        switch closingBracket(of: open) {
        case .needsMore: return .needsMore
        case .none: return take(open + 1 - cursor, &plain)
        case .found(let close): return beginLink(open: open, close: close, &plain)
        }
    }

    /// « Bonjour ! »: French has a space before the mark; other languages have at most a no-break space.
    private func isFrenchMark(at offset: Int, _ plain: PlainText) -> Bool {
        offset == noBreakSpaceEnd || options.language.hasPrefix("fr") && !plain.isAtBlockStart
    }

    private mutating func beginLink(open: Int, close: Int, _ plain: inout PlainText) -> Step {
        let next = byte(at: close + 1)
        if next == nil, !isFinal { return .needsMore }
        if next == UInt8(ascii: "("), let step = begin(open, close, closingParenthesis(of: close + 1)) { return step }
        if isCitation(open + 1..<close), !isNeeded(open + 1..<close, plain) {
            plain.dropSymbol(at: cursor)
            return leaveOut(close + 1 - cursor)
        }
        if ["[INST]", "[/INST]", "[TOOL_CALLS]"].contains(where: { source.has($0, at: open) }) {
            return leaveOut(close + 1 - cursor)
        }
        // `[!NOTE]`, `[!TIP]+`
        if plain.isAtBlockStart, source.has("[!", at: open), close - open <= 24 {
            return leaveOut(close + (next == UInt8(ascii: "+") || next == UInt8(ascii: "-") ? 2 : 1) - cursor)
        }
        if close - open <= 24, next != UInt8(ascii: "["), next != UInt8(ascii: ":"),
            Tags.directions.contains(source.string(open + 1..<close).lowercased())
        {
            plain.dropSymbol(at: cursor)
            return leaveOut(close + 1 - cursor)
        }
        if next == UInt8(ascii: "["), let step = begin(open, close, closingBracket(of: close + 1)) { return step }
        return take(open + 1 - cursor, &plain)
    }

    /// Begins a link whose target ends at `target`; `nil` if it doesn't have one.
    private mutating func begin(_ open: Int, _ close: Int, _ target: Search) -> Step? {
        switch target {
        case .needsMore: return .needsMore
        case .found(let end):
            openLinks.append((close, end + 1))
            return leaveOut(open + 1 - cursor)
        case .none: return nil
        }
    }

    mutating func closeLink(_ plain: inout PlainText) -> Step {
        while let link = openLinks.last, link.close < cursor { openLinks.removeLast() }
        guard let link = openLinks.last, link.close == cursor else { return take(1, &plain) }
        openLinks.removeLast()
        cursor = link.resume
        return .done
    }

    private mutating func closingBracket(of open: Int) -> Search {
        let limit = min(source.end, open + Self.lookahead)
        // If there is no bracket at all, searching from each opener would be quadratic.
        let from = searches.start(.bracket, from: open + 1)
        guard from >= limit || source.firstOffset(of: UInt8(ascii: "]"), in: from..<limit) != nil else {
            searches.note(.bracket, from: open + 1, to: limit)
            return endOfSearch(open, limit)
        }
        return close(open, UInt8(ascii: "["), UInt8(ascii: "]"), limit)
    }

    private func closingParenthesis(of open: Int) -> Search {
        let limit = min(source.end, open + Self.longestAddress)
        let search = close(open, UInt8(ascii: "("), UInt8(ascii: ")"), limit)
        if case .none = search, limit - open < Self.longestAddress { return .none }
        return search
    }

    private func close(_ open: Int, _ opener: UInt8, _ closer: UInt8, _ limit: Int) -> Search {
        var depth = 0
        var offset = open
        while offset < limit {
            switch source[offset] {
            case opener:
                depth += 1
                if depth > 8 { return .none }
            case closer:
                depth -= 1
                if depth == 0 { return .found(offset) }
            case UInt8(ascii: "\\"): offset += 1
            case UInt8(ascii: "\n"): return .none
            default: break
            }
            offset += 1
        }
        return endOfSearch(open, limit)
    }

    private func endOfSearch(_ open: Int, _ limit: Int) -> Search {
        isFinal || limit < source.end || limit - open >= Self.lookahead ? .none : .needsMore
    }
}

/// Bare URLs in the text: only the host is read.
extension MarkupReader {
    /// Where `http`, `https` or `ftp` begins in `text`, which is followed by a mark or the end of the text.
    ///
    /// Mutating only so that the reader is not copied for each call.
    mutating func beginningOfScheme(in text: Range<Int>, _ plain: PlainText) -> Int? {
        let isCut = text.upperBound == source.end
        guard isCut ? !isFinal : source[text.upperBound] == UInt8(ascii: ":") else { return nil }
        var start = text.upperBound
        while start > text.lowerBound, text.upperBound - start < 6, source[start - 1].isASCIILetter { start -= 1 }
        guard start < text.upperBound, text.upperBound - start < 6,
            source[start] | 0x20 == UInt8(ascii: "h") || source[start] | 0x20 == UInt8(ascii: "f")
        else { return nil }
        let before = start > text.lowerBound ? source[start - 1] : plain.lastByte
        guard !before.isASCIILetter, !before.isDigit else { return nil }
        let word = source[start..<text.upperBound].lazy.map { $0 | 0x20 }
        let fits = ["https", "http", "ftp"].contains {
            isCut ? $0.utf8.starts(with: word) : $0.utf8.elementsEqual(word)
        }
        return fits ? start : nil
    }

    /// Reads a URL that begins with the scheme at `scheme`, waiting for bytes that are missing.
    mutating func readScheme(_ scheme: Range<Int>, _ plain: inout PlainText) -> Step {
        guard scheme.upperBound + 2 < source.end || isFinal else { return .needsMore }
        guard source.has("://", at: scheme.upperBound) else { return take(scheme.count, &plain) }
        return readSite(at: scheme.upperBound + 3, &plain)
    }

    /// `www.example.com` without a scheme.
    mutating func readAddress(_ plain: inout PlainText) -> Step {
        guard !plain.lastByte.isASCIILetter, !plain.lastByte.isDigit else { return take(1, &plain) }
        let end = min(source.end, cursor + 4)
        let fits = (cursor..<end).allSatisfy {
            $0 == cursor + 3 ? source[$0] == UInt8(ascii: ".") : source[$0] | 0x20 == UInt8(ascii: "w")
        }
        guard fits else { return take(1, &plain) }
        guard end == cursor + 4 || isFinal else { return .needsMore }
        return end == cursor + 4 ? readSite(at: cursor, &plain) : take(1, &plain)
    }

    /// Reads `host/path` at `host`: the host is text, the rest is left out.
    private mutating func readSite(at host: Int, _ plain: inout PlainText) -> Step {
        var end = host
        while end < source.end, end - host < Self.longestAddress, isAddressByte(end) { end += 1 }
        guard end < source.end || isFinal || end - host >= Self.longestAddress else { return .needsMore }
        end = trimmed(host..<end)
        guard let name = siteName(host..<end) else { return take(1, &plain) }
        plain.append(Array(source[name]), for: cursor..<end)
        plain.addAtom(from: plain.end - name.count)
        cursor = end
        return .done
    }

    /// Reads `/path` or `:8080/path` right after a host name, which is left out.
    mutating func readPath(_ plain: inout PlainText) -> Step {
        guard plain.endsInSite else { return take(1, &plain) }
        guard let next = byte(at: cursor + 1) else { return isFinal ? take(1, &plain) : .needsMore }
        let isPath = source[cursor] == UInt8(ascii: "/") ? next > 0x20 : next.isDigit
        guard isPath else { return take(1, &plain) }
        var end = cursor
        while end < source.end, end - cursor < Self.longestAddress, isAddressByte(end) { end += 1 }
        guard end < source.end || isFinal || end - cursor >= Self.longestAddress else { return .needsMore }
        let isTime =
            source[cursor] == UInt8(ascii: ":") && source.firstOffset(of: UInt8(ascii: "/"), in: cursor..<end) == nil
        return isTime ? take(1, &plain) : leaveOut(max(1, trimmed(cursor..<end) - cursor))
    }

    /// The host of `host/path`, without `www.`.
    func siteName(_ address: Range<Int>) -> Range<Int>? {
        let host = address.lowerBound
        let end = address.upperBound
        var name = host
        if source.has("www.", at: host) || source.has("WWW.", at: host) { name += 4 }
        var nameEnd = name
        while nameEnd < end, source[nameEnd].isWordByte || source[nameEnd] == 0x2D || source[nameEnd] == 0x2E {
            nameEnd += 1
        }
        return nameEnd > name ? name..<nameEnd : nil
    }

    private func isAddressByte(_ offset: Int) -> Bool {
        let byte = source[offset]
        guard byte > 0x20, byte != 0x7F else { return false }
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "*"):
            return false
        case 0xE3...0xED, 0xEF: return false  // Han, kana, hangul and their punctuation
        case 0xE2: return source.end > offset + 1 && source[offset + 1] != 0x80
        default: return true
        }
    }

    /// The end of `range` without punctuation that belongs to the sentence.
    private func trimmed(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        var opened = 0
        for offset in range {
            if source[offset] == UInt8(ascii: "(") { opened += 1 }
            if source[offset] == UInt8(ascii: ")") { opened -= 1 }
        }
        while end > range.lowerBound {
            switch source[end - 1] {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"),
                UInt8(ascii: ":"), UInt8(ascii: "'"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                end -= 1
            case UInt8(ascii: ")") where opened < 0:
                opened += 1
                end -= 1
            default: return end
            }
        }
        return end
    }
}

extension PlainText {
    /// Whether the text ends in a host name: `docs.example.com`.
    var endsInSite: Bool {
        guard !isAtBlockStart, lastByte.isASCIILetter else { return false }
        let first = max(blockStart, bytes.start, end - 64)
        var start = end
        var dot: Int?
        while start > first, case let byte = bytes[start - 1],
            byte.isASCIILetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        {
            start -= 1
            if byte == UInt8(ascii: "."), dot == nil { dot = start }
        }
        guard let dot, dot > start, start == first || bytes[start - 1] != UInt8(ascii: "/") else { return false }
        return Sites.endings.contains(WordKey(bytes[dot + 1..<end]))
    }
}

private enum Sites {
    static let endings = WordSet([
        "com org net edu gov io ai dev app co uk de fr es it cn jp ru info eu me tv us ca au nl ch at be se no pl br in kr"
    ])
}
