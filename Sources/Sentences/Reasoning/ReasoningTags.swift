// SPDX-License-Identifier: GPL-3.0-or-later

/// What is at a place where a tag may begin.
enum TagMatch: Equatable {
    case no
    /// The text matches so far, but ends too early to tell.
    case partly
    case tag(index: Int, length: Int)
}

/// Recognizes one of a few tags, ignoring case and spaces just inside the brackets (`< think >`).
struct TagMatcher: Sendable {
    private let tags: [[UInt8]]
    /// For each byte, whether it may be the second of a tag.
    private let seconds: [Bool]

    init(_ tags: [String]) {
        self.tags = tags.map { Array($0.lowercased().utf8) }
        let seconds = Set(self.tags.compactMap { $0.dropFirst().first } + [0x20])
        self.seconds = (0..<256).map { seconds.contains(UInt8($0)) || seconds.contains(UInt8($0) | 0x20) }
    }

    func match(_ bytes: [UInt8], at start: Int) -> TagMatch {
        if start + 1 < bytes.count, !seconds[Int(bytes[start + 1])] { return .no }
        var result = TagMatch.no
        for (index, tag) in tags.enumerated() {
            switch length(of: tag, in: bytes, at: start) {
            case .some(0): result = .partly
            case .some(let length): return .tag(index: index, length: length)
            case nil: continue
            }
        }
        return result
    }

    /// The number of bytes that `tag` takes up at `start`; 0 if the text ends inside it; `nil` if it isn't there.
    private func length(of tag: [UInt8], in bytes: [UInt8], at start: Int) -> Int? {
        var position = start
        var blanks = 0
        for (index, expected) in tag.enumerated() {
            while position < bytes.count, bytes[position] == 0x20, blanks < 4,
                index == 1 || index == 2 && tag[1] == UInt8(ascii: "/") || index == tag.count - 1, expected != 0x20
            {
                position += 1
                blanks += 1
            }
            guard position < bytes.count else { return 0 }
            let byte = bytes[position]
            guard (0x41...0x5A).contains(byte) ? byte | 0x20 == expected : byte == expected else { return nil }
            position += 1
        }
        return position - start
    }
}

/// The tags that ``ReasoningFilter`` looks for.
struct ReasoningMatchers: Sendable {
    static let known = ReasoningMatchers()

    /// The pairs that models use around reasoning (LocalAI's `pkg/reasoning/reasoning.go`, llama.cpp, Ollama's
    /// `model/parsers`).
    private static let tags = [
        (open: "<think>", close: "</think>"),
        (open: "<thinking>", close: "</thinking>"),
        (open: "[THINK]", close: "[/THINK]"),
        (open: "<seed:think>", close: "</seed:think>"),
        (open: "<mm:think>", close: "</mm:think>"),
        (open: "<|START_THINKING|>", close: "<|END_THINKING|>"),
        (open: "<|inner_prefix|>", close: "<|inner_suffix|>"),
        (open: "<|think|>", close: "<|/think|>"),
        (open: "<|channel>thought", close: "<channel|>"),
    ]

    let openers: TagMatcher
    let closers: TagMatcher
    let closerOf: [TagMatcher]
    /// What `ollama run` prints around a model's reasoning.
    let printedOpener = TagMatcher(["Thinking...\n", "Thinking...\r\n"])
    let printedCloser = TagMatcher(["...done thinking."])
    let channelEnds = TagMatcher(["<|end|>", "<|return|>", "<|call|>", "<|start|>", "<|channel|>"])
    let message = TagMatcher(["<|message|>"])
    let pairs: Int

    private init() {
        let tags = Self.tags
        openers = TagMatcher(tags.map(\.open) + ["<|start|>", "<|channel|>"])
        closers = TagMatcher(tags.map(\.close))
        closerOf = tags.map { TagMatcher([$0.close]) } + [printedCloser]
        pairs = tags.count
    }
}

/// The state of a stream with respect to inline reasoning.
enum ReasoningState: Sendable {
    /// None so far.
    case none
    /// The text that comes now is reasoning. At the end of the stream: it ended before there was an answer.
    case open
    /// There was a block, and it ended.
    case closed
}
