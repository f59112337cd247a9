// SPDX-License-Identifier: GPL-3.0-or-later

/// Removes a model's inline reasoning from its text.
///
/// An opening tag counts only as the first visible text, as in Ollama's own parser (`thinking/parser.go`); whitespace
/// around a block is dropped. A closing tag that was never opened means that everything before it was reasoning, but
/// only the first such tag, within ``holdLimit``, and not if the text is about tags. The channels of gpt-oss are
/// followed if the server didn't parse them: only `final` is the answer.
struct ReasoningFilter: Sendable {
    enum Output: Equatable {
        case reasoning
        /// Part of the answer, and its offset in what was appended.
        case text(ArraySlice<UInt8>, offset: Int)
        case discard
    }

    /// The most bytes that are held back, or that a late closing tag can take back.
    static let holdLimit = 64 * 1024
    /// The most bytes of leading whitespace that are held back.
    private static let blankLimit = 1024
    /// The most bytes of a channel's header.
    private static let headerLimit = 256

    private enum Phase: Equatable {
        /// Nothing visible has come yet: a tag would count.
        case opening
        /// Between the tags of pair `index`.
        case inside(Int)
        /// After the "Thinking..." that `ollama run` prints, without proof yet: everything is held back.
        case held
        /// After `<|start|>` or `<|channel|>`: a channel's name up to `<|message|>`.
        case header
        /// In a channel that is not meant for the reader.
        case hiddenChannel
        case answer
    }

    private let tags = ReasoningMatchers.known
    private var phase = Phase.opening
    /// Bytes that were appended but not yet decided.
    private var pending: [UInt8] = []
    /// The offset of `pending`'s first byte.
    private var offset = 0
    private var answered = 0
    /// The offset of the answer's first visible byte.
    private var firstVisible = 0
    private var lastByte: UInt8 = 0
    /// While everything is held back: no closing tag begins before this index of `pending`.
    private var searched = 0
    private var isWatching = true
    private var isInChannel = false
    private(set) var state = ReasoningState.none

    mutating func append(_ bytes: ArraySlice<UInt8>) -> [Output] {
        if phase == .answer, !isWatching, !isInChannel, pending.isEmpty {
            offset += bytes.count
            return [.text(bytes, offset: offset - bytes.count)]
        }
        pending.append(contentsOf: bytes)
        return advance(final: false)
    }

    /// Removes everything appended from `start` on.
    mutating func erase(from start: Int) {
        // Leading whitespace has no meaning, and no tag contains a control character.
        let blank: UInt8 = phase == .opening ? 0x20 : MarkupReader.erased
        for index in pending.indices.dropFirst(max(0, start - offset)) { pending[index] = blank }
        if phase == .answer, state == .none, isWatching, start <= firstVisible { phase = .opening }
    }

    /// Ends the stream, and decides what is left.
    mutating func finish() -> [Output] {
        advance(final: true)
    }

    private mutating func advance(final: Bool) -> [Output] {
        var outputs: [Output] = []
        var position = 0
        while position < pending.count {
            let before = (position, phase)
            switch phase {
            case .opening: readOpening(&position, final, &outputs)
            case .held: readHeld(&position, final, &outputs)
            case .inside(let pair): skip(to: tags.closerOf[pair], &position, final)
            case .header: readHeader(&position, final, &outputs)
            case .hiddenChannel: skip(to: tags.channelEnds, &position, final)
            case .answer: readAnswer(&position, final, &outputs)
            }
            if before == (position, phase) { break }
        }
        pending.removeFirst(position)
        searched = max(0, searched - position)
        offset += position
        return outputs
    }
}

extension ReasoningFilter {
    private mutating func readOpening(_ position: inout Int, _ final: Bool, _ outputs: inout [Output]) {
        var visible = position
        while visible < pending.count, pending[visible].isBlank, visible - position < Self.blankLimit { visible += 1 }
        guard visible < pending.count else {
            if final { position = visible }
            return
        }
        switch tags.printedOpener.match(pending, at: visible) {
        case .tag:
            phase = .held
            position = visible
            return
        case .partly where !final: return
        case .partly, .no: break
        }
        switch tags.openers.match(pending, at: visible) {
        case .tag(let index, let length):
            position = visible + length
            if index < tags.pairs {
                phase = .inside(index)
                state = .open
                outputs.append(.reasoning)
            } else {
                phase = .header
                if index > tags.pairs { position = visible }  // the header begins with its own <|channel|>
            }
        case .partly where !final: break
        case .partly, .no:
            phase = .answer
            firstVisible = offset + visible
            if state != .none { position = visible }
        }
    }

    /// Holds everything back until a closing tag proves that it was reasoning, or the end that it was the answer.
    private mutating func readHeld(_ position: inout Int, _ final: Bool, _ outputs: inout [Output]) {
        if state == .none {
            state = .open
            outputs.append(.reasoning)
        }
        var index = max(position, searched)
        while index < pending.count {
            if startsTag(pending[index]) {
                switch tags.printedCloser.match(pending, at: index) {
                case .tag(_, let length):
                    position = index + length
                    return close()
                case .partly where !final:
                    searched = index
                    return
                case .partly, .no: break
                }
            }
            index += 1
        }
        searched = index
        if final {
            firstVisible = offset + position
            phase = .answer
            isWatching = false
            state = .none
        } else if index - position > Self.holdLimit {
            phase = .inside(tags.pairs)
        }
    }

    /// Drops everything up to and including one of `ends`.
    private mutating func skip(to ends: TagMatcher, _ position: inout Int, _ final: Bool) {
        while position < pending.count {
            if startsTag(pending[position]) {
                switch ends.match(pending, at: position) {
                case .tag(let index, let length):
                    if phase == .hiddenChannel, index >= 3 {
                        phase = .header
                        position += index == 3 ? length : 0
                    } else {
                        position += length
                        close()
                    }
                    return
                case .partly where !final: return
                case .partly, .no: break
                }
            }
            position += 1
        }
    }

    private mutating func close() {
        phase = .opening
        state = .closed
        isWatching = false
    }

    private mutating func readHeader(_ position: inout Int, _ final: Bool, _ outputs: inout [Output]) {
        var index = position
        while index < pending.count, index - position < Self.headerLimit {
            switch pending[index] == UInt8(ascii: "<") ? tags.message.match(pending, at: index) : .no {
            case .tag(_, let length):
                let header = String(decoding: pending[position..<index], as: UTF8.self)
                position = index + length
                isInChannel = true
                if header.contains("analysis") || header.contains("commentary") {
                    phase = .hiddenChannel
                    state = .open
                    outputs.append(.reasoning)
                } else {
                    phase = .answer
                    isWatching = false
                    if state == .open { state = .closed }
                }
                return
            case .partly where !final: return
            case .partly, .no: index += 1
            }
        }
        if index - position >= Self.headerLimit { phase = .answer }
        if final { position = pending.count }
    }

    private mutating func readAnswer(_ position: inout Int, _ final: Bool, _ outputs: inout [Output]) {
        var index = position
        var previous = lastByte
        defer { lastByte = previous }
        func take(upTo end: Int) {
            guard end > position else { return }
            outputs.append(.text(pending[position..<end], offset: offset + position))
            answered += end - position
            position = end
        }
        while index < pending.count, isWatching || isInChannel {
            // Most bytes don't begin a tag.
            let limit = min(
                pending.count, isWatching ? index + max(0, Self.holdLimit - answered - index + position) : .max)
            let start = index
            while index < limit, !startsTag(pending[index]) { index += 1 }
            if index > start {
                previous = pending[index - 1]
                continue
            }
            if startsTag(pending[index]) {
                switch endOfAnswer(at: index, after: previous) {
                case .tag(_, let length):
                    take(upTo: index)
                    position += length
                    previous = 0
                    if isInChannel {
                        phase = .opening
                    } else {
                        outputs.append(.discard)
                        close()
                    }
                    return
                case .partly where !final:
                    return take(upTo: index)
                case .partly, .no: break
                }
            }
            previous = pending[index]
            index += 1
            if isWatching, answered + index - position > Self.holdLimit { isWatching = false }
        }
        take(upTo: pending.count)
    }

    /// Whether the answer ends at `index`, or everything before it was reasoning.
    private mutating func endOfAnswer(at index: Int, after previous: UInt8) -> TagMatch {
        if isInChannel { return tags.channelEnds.match(pending, at: index) }
        // Text about tags puts them in quotes, or mentions the opening one first.
        if previous == UInt8(ascii: "`") || previous == UInt8(ascii: "\"") || previous == UInt8(ascii: "'") {
            return .no
        }
        let closing = tags.closers.match(pending, at: index)
        guard closing == .no else { return closing }
        switch tags.openers.match(pending, at: index) {
        case .partly: return .partly
        case .tag: isWatching = false
        case .no: break
        }
        return .no
    }

    private func startsTag(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[")
            || byte == UInt8(ascii: ".") && (phase == .held || phase == .inside(tags.pairs))
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
