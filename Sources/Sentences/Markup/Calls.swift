// SPDX-License-Identifier: GPL-3.0-or-later

/// Tool calls, and tags that are not HTML: `<tool_call>…</tool_call>`, bare JSON, `<answer>…</answer>`.
extension MarkupReader {
    /// The most bytes of a call in bare JSON.
    private static let longestCall = 4_096

    /// Leaves out a tag; the words on either side stay apart.
    private mutating func dropTag(_ inside: Range<Int>, _ plain: inout PlainText) -> Step {
        plain.dropSymbol(at: cursor)
        return leaveOut(inside.count + 2)
    }

    /// Reads the tag of a tool call or its result, whose content is not spoken.
    mutating func readCallTag(_ name: String, _ inside: Range<Int>, _ plain: inout PlainText) -> Step {
        let content = inside.upperBound + 1
        let isClosing = source[inside.lowerBound] == UInt8(ascii: "/")
        if isClosing || source[inside.upperBound - 1] == UInt8(ascii: "/") { return dropTag(inside, &plain) }
        let first = skipBlanks(from: content)
        guard let next = byte(at: first) ?? (isFinal ? 0x0A : nil) else { return .needsMore }
        // A sentence may mention the tag; then nothing closes it.
        let isCall =
            plain.isAtBlockStart || [0x0A, 0x3C, 0x5B, 0x7B].contains(next)  // \n < [ {
        if !isCall {
            switch closingTag(of: name, from: content) {
            case .needsMore: return .needsMore
            case .none: return dropTag(inside, &plain)
            case .found: break
            }
        }
        skippedElement = name
        return dropTag(inside, &plain)
    }

    /// Reads any other tag: it is left out if it is closed or closes itself. A placeholder such as `<name>` is text.
    mutating func readUnknownTag(_ name: String, _ inside: Range<Int>, _ plain: inout PlainText) -> Step {
        let content = inside.upperBound + 1
        guard let next = byte(at: content) ?? (isFinal ? 0x0A : nil) else { return .needsMore }
        if source[inside.lowerBound] == UInt8(ascii: "/") {
            let isNamed = plain.lastByte == 0x20 && !plain.isAtBlockStart && next == 0x20
            return isNamed ? take(1, &plain) : dropTag(inside, &plain)
        }
        let hasAttributes = inside.contains { source[$0] == UInt8(ascii: "=") }
        let closesItself = source[inside.upperBound - 1] == UInt8(ascii: "/")
        if hasAttributes || closesItself || Tags.sounds.contains(name) { return dropTag(inside, &plain) }
        // If it encloses a long text, the closing tag is far away.
        if plain.isAtBlockStart, next != 0x20 { return dropTag(inside, &plain) }
        switch closingTag(of: name, from: content) {
        case .needsMore: return .needsMore
        case .none: return take(1, &plain)
        case .found: return dropTag(inside, &plain)
        }
    }

    private mutating func closingTag(of name: String, from start: Int) -> Search {
        let closing = Array("</\(name)".utf8)
        let limit = min(source.end, start + Self.lookahead)
        var offset = searches.start(.closingTag, from: start)
        var hasAny = false
        while offset + 1 < limit {
            if source[offset] == UInt8(ascii: "<"), source[offset + 1] == UInt8(ascii: "/") {
                hasAny = true
                let end = min(limit, offset + closing.count)
                if source[offset..<end].lazy.map({ $0.isCapital ? $0 | 0x20 : $0 }).elementsEqual(closing) {
                    return .found(offset)
                }
            }
            offset += 1
        }
        guard isFinal || limit - start >= Self.lookahead else { return .needsMore }
        if !hasAny { searches.note(.closingTag, from: start, to: offset) }
        return .none
    }

    /// Skips up to the end of ``skippedToken``.
    mutating func skipToken(_ token: [UInt8]) -> Step {
        while let offset = source.firstOffset(of: token[0], in: cursor..<source.end) {
            cursor = offset
            let end = min(source.end, offset + token.count)
            if source[offset..<end].elementsEqual(token) {
                cursor = end
                skippedToken = nil
                return .done
            }
            guard end == offset + token.count || isFinal else { return .needsMore }
            cursor += 1
        }
        cursor = source.end
        return .done
    }

    /// `<|im_end|>`, `<｜tool▁calls▁begin｜>`: tokens that steer a model.
    mutating func readControlToken(bar: StaticString, _ plain: inout PlainText) -> Step {
        let name = cursor + 1 + bar.utf8CodeUnitCount
        var end = name
        while let byte = byte(at: end), end - cursor < 64, byte.isWordByte || byte == UInt8(ascii: "_"),
            !source.has(bar, at: end)
        { end += 1 }
        guard end + bar.utf8CodeUnitCount < source.end || isFinal else { return .needsMore }
        guard source.has(bar, at: end), byte(at: end + bar.utf8CodeUnitCount) == UInt8(ascii: ">") else {
            return take(1, &plain)
        }
        let text = source.string(name..<end)
        if text.contains("tool"), text.hasSuffix("begin") {
            skippedToken = Array("\(String(text.dropLast(5)))end\(bar)>".utf8)
        }
        let content = end + bar.utf8CodeUnitCount + 1
        let isTurn = Tags.turns.contains(text)
        if let role = Tags.roles[text.lowercased()], !isTurn {
            if role == .other { skippedToken = Array("<\(bar)assistant\(bar)>".utf8) }
        } else if isTurn {
            return readRole(at: content, closer: text == "im_start" ? "<|im_end|>" : "<|eot_id|>", &plain)
        }
        plain.dropSymbol(at: cursor)
        return leaveOut(content - cursor)
    }

    /// Reads the role after the token that begins a turn of the conversation: `<|im_start|>assistant`. What anyone but
    /// the model says is not spoken either.
    mutating func readRole(at content: Int, closer: StaticString, _ plain: inout PlainText) -> Step {
        var end = content
        while let byte = byte(at: end), byte.isASCIILetter, end - content < 16 { end += 1 }
        guard end < source.end || isFinal else { return .needsMore }
        let role = Tags.roles[source.string(content..<end).lowercased()]
        if role == .other { skippedToken = Array("\(closer)".utf8) }
        plain.dropSymbol(at: cursor)
        return leaveOut((role == nil ? content : end) - cursor)
    }

    /// `{"name": …, "arguments": …}` at the cursor; other braces are text.
    mutating func readBrace(_ plain: inout PlainText) -> Step {
        switch call(at: cursor) {
        case .needsMore: return .needsMore
        case .none: return take(1, &plain)
        case .found(let end):
            plain.dropSymbol(at: cursor)
            return leaveOut(end - cursor)
        }
    }

    /// Finds the end of the JSON call that begins at `start`, at a bracket or brace.
    mutating func call(at start: Int) -> Search {
        var offset = start + 1
        // Most brackets contain something else.
        if let next = byte(at: offset), next > 0x20, next != UInt8(ascii: "{"), next != UInt8(ascii: "\"") {
            return .none
        }
        guard searches.start(.brace, from: start) == start else { return .none }
        if source[start] == UInt8(ascii: "[") {
            offset = skipSpace(from: offset)
            guard let brace = byte(at: offset) else { return isFinal ? .none : .needsMore }
            guard brace == UInt8(ascii: "{") else { return .none }
            offset += 1
        }
        offset = skipSpace(from: offset)
        guard let quote = byte(at: offset) else { return isFinal ? .none : .needsMore }
        guard quote == UInt8(ascii: "\"") else { return .none }
        let limit = min(source.end, start + Self.longestCall)
        var depth = 0
        var isInText = false
        offset = start
        while offset < limit {
            switch source[offset] {
            case UInt8(ascii: "\\") where isInText: offset += 1
            case UInt8(ascii: "\""): isInText.toggle()
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += isInText ? 0 : 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= isInText ? 0 : 1
            default: break
            }
            offset += 1
            if depth == 0 { break }
        }
        offset = min(offset, limit)
        guard depth == 0 || isFinal || limit - start >= Self.longestCall else { return .needsMore }
        if depth == 0 || limit - start < Self.longestCall, Self.isCall(source.string(start..<offset)) {
            return .found(offset)
        }
        searches.note(.brace, from: start, to: offset)
        return .none
    }

    private func skipSpace(from offset: Int) -> Int {
        var end = offset
        while let byte = byte(at: end), byte <= 0x20, end - offset < Self.lookahead { end += 1 }
        return end
    }

    private static func isCall(_ json: String) -> Bool {
        func has(_ keys: [String]) -> Bool { keys.contains { json.contains("\"\($0)\"") } }
        return has(["tool_calls", "tool_call", "function_call"])
            || has(["name", "tool", "tool_name", "function", "action"])
                && has(["arguments", "parameters", "tool_input", "action_input", "args", "input"])
    }
}

extension Tags {
    enum Role {
        case model, other
    }

    /// Tokens of chat templates before a role.
    static let turns: Set<String> = ["im_start", "start_header_id", "start_of_role"]
    static let roles: [String: Role] = [
        "assistant": .model, "model": .model, "ai": .model, "bot": .model, "gpt": .model, "user": .other,
        "human": .other, "system": .other, "tool": .other, "ipython": .other, "developer": .other,
    ]

    /// Tags whose content is meant for a program.
    static let calls: Set<String> = [
        "tool", "tools", "tool_call", "tool_calls", "tool_use", "tool_result", "tool_results", "tool_response",
        "tool_responses", "tool_code", "tool_output", "tool_outputs", "toolcall", "function", "function_call",
        "function_calls", "function_result", "function_results", "function_response", "invoke", "parameter", "status",
        "minimax:tool_call", "seed:tool_call", "longcat_tool_call", "use_mcp_tool", "execute_ipython",
    ]
    /// Sounds that speech models can make; no voice here makes them.
    static let sounds: Set<String> = [
        "laugh", "laughs", "laughter", "chuckle", "giggle", "sigh", "cough", "sniffle", "groan", "yawn", "gasp",
        "pause",
    ]
    /// The same in brackets, and moods.
    static let directions: Set<String> = [
        "laugh", "laughs", "laughing", "laughter", "chuckle", "chuckles", "chuckling", "giggle", "giggles", "giggling",
        "sigh", "sighs", "sighing", "whisper", "whispers", "whispering", "cough", "coughs", "gasp", "gasps", "groan",
        "groans", "yawn", "yawns", "sniff", "sniffs", "cry", "cries", "crying", "sob", "sobs", "smile", "smiles",
        "smiling",
        "pause", "pauses", "long pause", "short pause", "breath", "breathes", "inhales", "exhales", "deep breath",
        "clears throat", "applause", "music", "happy", "sad", "angry", "excited", "surprised", "cheerful", "sarcastic",
        "shouting", "shouts", "softly", "nervous", "calm", "serious", "笑", "大笑", "微笑", "笑声", "轻笑", "叹气", "叹息", "哭",
        "停顿", "咳嗽", "低语", "开心", "高兴", "悲伤", "生气", "惊讶", "鼓掌", "掌声", "音乐",
    ]
}
