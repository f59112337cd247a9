// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Tags, control tokens and emoji.
extension MarkupReader {
    /// `<br>`, `</p>`, `<|im_end|>`; `<` in `x < 5` and `<3` is text.
    mutating func readTag(_ plain: inout PlainText) -> Step {
        guard let next = byte(at: cursor + 1) else { return isFinal ? take(1, &plain) : .needsMore }
        if next == UInt8(ascii: "|") { return readControlToken(bar: "|", &plain) }
        if next == 0xEF, source.has("｜", at: cursor + 1) { return readControlToken(bar: "｜", &plain) }
        if next == UInt8(ascii: "!") {
            guard cursor + 3 < source.end || isFinal else { return .needsMore }
            if source.has("<!--", at: cursor) { return skipComment() }
        }
        guard next.isASCIILetter || next >= 0xE3 || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") else {
            return take(1, &plain)
        }
        let limit = min(source.end, cursor + Self.lookahead)
        let from = searches.start(.angle, from: cursor + 1)
        var end = from
        while end < limit, source[end] != UInt8(ascii: ">"), source[end] != UInt8(ascii: "<") { end += 1 }
        guard end < limit else {
            guard isFinal || limit - cursor >= Self.lookahead else { return .needsMore }
            searches.note(.angle, from: cursor + 1, to: limit)
            return take(1, &plain)
        }
        guard source[end] == UInt8(ascii: ">") else { return take(1, &plain) }
        return leaveTagOut(cursor + 1..<end, &plain)
    }

    private mutating func leaveTagOut(_ inside: Range<Int>, _ plain: inout PlainText) -> Step {
        var nameStart = inside.lowerBound
        if source[nameStart] == UInt8(ascii: "/") { nameStart += 1 }
        var nameEnd = nameStart
        while nameEnd < inside.upperBound, source[nameEnd].isWordByte || source[nameEnd] == UInt8(ascii: "_") {
            nameEnd += 1
        }
        let name = source.string(nameStart..<nameEnd).lowercased()
        if name == "start_of_turn" {
            return readRole(at: inside.upperBound + 1, closer: "<end_of_turn>", &plain)
        }
        if let address = address(inside, scheme: name, schemeEnd: nameEnd) {
            plain.append(Array(source[address]), for: cursor..<inside.upperBound + 1)
            plain.addAtom(from: plain.end - address.count)
            cursor = inside.upperBound + 1
            return .done
        }
        // `<function=name>`; `<minimax:tool_call>`
        let isCallWithName = ["function", "parameter"].contains(name) && byte(at: nameEnd) == UInt8(ascii: "=")
        if isCallWithName || Tags.calls.contains(source.string(nameStart..<inside.upperBound).lowercased()) {
            return readCallTag(isCallWithName ? name : source.string(nameStart..<inside.upperBound), inside, &plain)
        }
        guard isTag(nameEnd..<inside.upperBound) || source[inside.lowerBound] == UInt8(ascii: "!") else {
            return take(1, &plain)
        }
        if Tags.breaks.contains(name) {
            cursor = inside.upperBound + 1
            plain.breakLine(at: inside.lowerBound)
            return .done
        }
        if Tags.hidden.contains(name), source[inside.lowerBound] != UInt8(ascii: "/") {
            return beginHiddenElement(name, at: inside.upperBound + 1, plain)
        }
        if source[inside.lowerBound] == UInt8(ascii: "!") || Tags.known.contains(name) || Tags.hidden.contains(name) {
            return leaveOut(inside.count + 2)
        }
        if name.isEmpty { return take(1, &plain) }
        return Tags.calls.contains(name)
            ? readCallTag(name, inside, &plain) : readUnknownTag(name, inside, &plain)
    }

    /// `<script>` and `<style>` hide their content if they begin a block, end a line, or hold code on their line. A
    /// sentence may also mention them.
    private mutating func beginHiddenElement(_ name: String, at content: Int, _ plain: PlainText) -> Step {
        guard let next = byte(at: content) else { return isFinal ? leaveOut(content - cursor) : .needsMore }
        if next == UInt8(ascii: "\n") || plain.isAtBlockStart && next != 0x20 {
            skippedElement = name
        } else {
            switch holdsCode(at: content) {
            case .needsMore: return .needsMore
            case .none: break
            case .found: skippedElement = name
            }
        }
        return leaveOut(content - cursor)
    }

    /// Whether a character that code has comes before the next tag on the line.
    private func holdsCode(at content: Int) -> Search {
        let limit = min(source.end, content + Self.longestCodeSearch)
        for offset in content..<limit {
            switch source[offset] {
            case UInt8(ascii: "{"), UInt8(ascii: "="), UInt8(ascii: ";"), UInt8(ascii: "("): return .found(offset)
            case UInt8(ascii: "<"), UInt8(ascii: "\n"): return .none
            default: continue
            }
        }
        return isFinal || limit < source.end || limit - content >= Self.longestCodeSearch ? .none : .needsMore
    }

    private static let longestCodeSearch = 64

    /// Skips up to the closing tag of `name`, which is then read like any other.
    mutating func skipElement(_ name: String) -> Step {
        let closing = Array("</\(name)".utf8)
        while cursor < source.end {
            guard let open = source.firstOffset(of: UInt8(ascii: "<"), in: cursor..<source.end) else {
                cursor = source.end
                return .done
            }
            cursor = open
            let end = min(source.end, open + closing.count)
            if source[open..<end].lazy.map({ $0.isCapital ? $0 | 0x20 : $0 }).elementsEqual(closing) {
                skippedElement = nil
                return .done
            }
            guard end == open + closing.count || isFinal else { return .needsMore }
            cursor += 1
        }
        return .done
    }

    /// Skips `<!-- … -->`; if it doesn't close soon, only the opener is left out.
    private mutating func skipComment() -> Step {
        let start = cursor + 4
        let limit = min(source.end, start + Self.lookahead)
        var end = searches.start(.comment, from: start)
        while end + 2 < limit, !source.has("-->", at: end) { end += 1 }
        if end + 2 < limit {
            cursor = end + 3
            return .done
        }
        guard isFinal || limit - start >= Self.lookahead else { return .needsMore }
        searches.note(.comment, from: start, to: end)
        return leaveOut(4)
    }

    /// The part of `<https://example.com/a>` or `<me@example.com>` that is read.
    private func address(_ inside: Range<Int>, scheme: String, schemeEnd: Int) -> Range<Int>? {
        guard !inside.contains(where: { source[$0] <= 0x20 }) else { return nil }
        if byte(at: schemeEnd) == UInt8(ascii: ":") {
            if scheme == "mailto" { return schemeEnd + 1..<inside.upperBound }
            guard source.has("://", at: schemeEnd) else { return nil }
            return siteName(schemeEnd + 3..<inside.upperBound)
        }
        return inside.contains { source[$0] == UInt8(ascii: "@") } ? inside : nil
    }

    /// Whether what follows a tag's name may be its attributes: `a<b and c>d` has no tag.
    private func isTag(_ rest: Range<Int>) -> Bool {
        guard let first = rest.first else { return true }
        if source[first] == UInt8(ascii: "/") { return true }
        guard source[first] <= 0x20 else { return false }
        return rest.contains { source[$0] == UInt8(ascii: "=") }
            || rest.allSatisfy { source[$0] <= 0x20 || source[$0] == UInt8(ascii: "/") }
    }

    /// Reads scalars that their first byte doesn't identify: spaces of other widths, emoji, invisible characters.
    mutating func readSymbol(_ plain: inout PlainText) -> Step {
        let length = UTF8Form.length(lead: source[cursor])
        let scalar = source.scalar(at: cursor)
        switch scalar.value {
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
            plain.appendBlank(from: cursor)
            if scalar == "\u{A0}" || scalar == "\u{202F}" { noBreakSpaceEnd = cursor + length }
            return leaveOut(length)
        case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0x20E3,
            0x80...0x9F, 0xE0000...0xE0FFF, 0xFFF9...0xFFFC:
            return leaveOut(length)  // invisible
        case 0x2028, 0x2029:
            plain.breakLine(at: cursor)
            return leaveOut(length)
        case 0x200D where plain.endsInDroppedSymbol: return leaveOut(length)
        case let value where Emoji.contains(value):
            plain.dropSymbol(at: cursor)
            return leaveOut(length)
        case 0x3010: return readLabel(&plain)
        case 0x3011: return closeLabel(&plain)
        case 0x2022 where block == .item, 0x2043 where block == .item: return beginItem(at: cursor + length, &plain)
        default: return take(length, &plain)
        }
    }

    private static let longestCitation = 96

    /// `【4†source】` cites a source, and is not read; of `【注意】` the words are.
    private mutating func readLabel(_ plain: inout PlainText) -> Step {
        let limit = min(source.end, cursor + Self.longestCitation)
        var end = cursor + 3
        while end < limit, source[end].isDigit || source[end] == UInt8(ascii: ":") || source[end] == UInt8(ascii: ",") {
            end += 1
        }
        let isSource = source.has("†", at: end) && end + 3 <= limit
        if isSource {
            while end < limit, !source.has("】", at: end), source[end] != UInt8(ascii: "\n") { end += 1 }
        }
        guard end + 3 <= limit || isFinal || limit - cursor >= Self.longestCitation else { return .needsMore }
        guard end + 3 <= limit, end > cursor + 3, source.has("】", at: end) else {
            labelOpensBlock = plain.isAtBlockStart
            return leaveOut(3)
        }
        plain.dropSymbol(at: cursor)
        return leaveOut(end + 3 - cursor)
    }

    /// Closes a label that begins a block: listeners hear a pause.
    private mutating func closeLabel(_ plain: inout PlainText) -> Step {
        guard labelOpensBlock else { return leaveOut(3) }
        guard let next = byte(at: cursor + 3) else { return isFinal ? leaveOut(3) : .needsMore }
        guard next.isWordByte, next != 0xEF, !source.has("，", at: cursor + 3), !source.has("。", at: cursor + 3),
            !source.has("、", at: cursor + 3)
        else { return leaveOut(3) }
        labelOpensBlock = false
        plain.append(Array("：".utf8), for: cursor..<cursor + 3)
        cursor += 3
        return .done
    }
}

/// The names of HTML tags.
enum Tags {
    /// Tags that keep the text before and after them apart.
    static let breaks: Set<String> = [
        "br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "blockquote",
        "section", "article", "header", "footer", "pre", "dl", "dt", "dd", "details", "summary",
    ]
    /// Tags whose content is not read.
    static let hidden: Set<String> = ["script", "style"]
    static let known: Set<String> = [
        "a", "abbr", "b", "big", "center", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
        "label", "main", "mark", "nav", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "tbody", "td", "th", "thead", "time", "tt", "u", "var", "wbr", "body", "html", "head", "title",
        "figure", "figcaption", "picture", "source", "video", "audio", "iframe", "svg", "path", "input", "button",
        "form", "end_of_turn", "start_of_turn", "eos", "bos", "unk", "pad",
    ]
}

enum Emoji {
    /// Pictographs, whose names eSpeak NG would read.
    static func contains(_ value: UInt32) -> Bool {
        switch value {
        case 0x1F000...0x1F0FF, 0x1F10D...0x1F1FF, 0x1F200...0x1FAFF, 0x2600...0x27BF, 0x2B00...0x2BFF, 0x231A...0x231B,
            0x23E9...0x23FF, 0x25AA...0x25AB, 0x25B6, 0x25C0, 0x25FB...0x25FE, 0x3030, 0x303D, 0x3297, 0x3299:
            true
        default: false
        }
    }
}
