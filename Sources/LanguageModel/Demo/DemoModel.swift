// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A model for a machine that has none: it repeats the question and says how to get a real one.
///
/// Its answer arrives like that of a small model: as Ollama's NDJSON through the same decoder, one token at a time at
/// the speed of a small board, so that everything downstream does its real work. Nothing leaves the process.
package struct DemoModel: Sendable {
    /// Its name as `provider` and `model`.
    package static let name = "demo"

    private let clock: any MomentClock
    private let tokensPerSecond: Double

    /// - Parameter tokensPerSecond: above 0; 18 is the speed of a 3B model on a small board.
    package init(clock: any MomentClock = MonotonicClock(), tokensPerSecond: Double = 18) {
        precondition(tokensPerSecond > 0, "The rate must be above 0.")
        self.clock = clock
        self.tokensPerSecond = tokensPerSecond
    }

    /// The same as ``ModelServer/answer(_:deliver:)``.
    package func answer(
        _ request: ModelRequest,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let question = request.messages.last { $0.role == .user }?.content ?? ""
        let tokens = DemoAnswer(to: question).tokens
        let interval = Duration.seconds(1 / tokensPerSecond)
        var decoder = OllamaChat().decoder(
            mapper: FaultMapper(provider: .ollama, address: .ollamaDefault, model: Self.name))
        try await deliver(.connected)
        var due = clock.now
        for line in try Self.lines(tokens, interval: interval) {
            due = due.advanced(by: interval)
            try await clock.sleep(until: due, tolerance: nil)
            for element in decoder.decode(line) {
                switch element {
                case .event(let event): try await deliver(event)
                case .success(let summary, _): return summary
                case .failed(let fault): throw fault
                }
            }
        }
        throw Fault.truncated
    }

    /// The answer on the wire: a line per token, and a final line that marks the end.
    private static func lines(_ tokens: [String], interval: Duration) throws -> [[UInt8]] {
        var lines: [JSONValue] = tokens.map { token in
            ["model": .string(name), "message": ["role": "assistant", "content": .string(token)], "done": false]
        }
        lines.append([
            "model": .string(name), "message": ["role": "assistant", "content": ""],
            "done": true, "done_reason": "stop", "eval_count": .integer(tokens.count),
            "eval_duration": .integer(Int(interval.inSeconds * 1e9) * tokens.count),
        ])
        return try lines.map { try JSON.encode($0) + [0x0A] }
    }
}

/// The demo's answer: in Chinese to a question with Han characters (and no kana), otherwise in English.
struct DemoAnswer {
    let text: String

    init(to question: String) {
        let scalars = question.unicodeScalars
        let isChinese = scalars.contains(where: \.isHan) && !scalars.contains(where: \.isKana)
        text = isChinese ? Self.chinese(question) : Self.english(question)
    }

    private static func english(_ question: String) -> String {
        """
        \(repeated(question, prefix: "You asked: ", end: ".")) \
        No language model runs on this machine yet, so I can only repeat your question. \
        I am the demo of Utter, and this is how an answer sounds: I was already speaking while the rest of it was still \
        being written. \
        For real answers, install Ollama from ollama.com. \
        Then type "ollama pull llama3.2" and wait until the model is there. \
        After that, just ask me again.
        """
    }

    private static func chinese(_ question: String) -> String {
        """
        \(repeated(question, prefix: "您问的是：", end: "。"))\
        这台机器上还没有语言模型，所以我只能重复您的问题。\
        我是 Utter 的演示，答案就是这样说出来的：后面的文字还在生成，前面的句子已经开始播放。\
        想听到真正的回答，请先从 ollama.com 安装 Ollama。\
        然后输入“ollama pull qwen2.5:3b”，等待模型下载完成。\
        之后再问我一次就可以了。
        """
    }

    /// The question as one sentence: whitespace normalized, shortened if long, and with a full stop.
    private static func repeated(_ question: String, prefix: String, end: String) -> String {
        var words = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.count > 160 { words = words.prefix(160).trimmed + "…" }
        let isEnded = words.last.map { ".!?…。！？".contains($0) } ?? false
        return prefix + words + (isEnded ? "" : end)
    }

    /// Split as by a model: words with the space before them, single punctuation marks, single Han characters.
    var tokens: [String] {
        var tokens: [String] = []
        for character in text {
            if let last = tokens.last, character.continues(last) {
                tokens[tokens.count - 1].append(character)
            } else {
                tokens.append(String(character))
            }
        }
        return tokens
    }
}

extension Character {
    fileprivate func continues(_ token: String) -> Bool {
        guard let previous = token.last else { return false }
        return isLatinWord && (previous.isLatinWord || previous == " ")
    }

    private var isLatinWord: Bool {
        (isLetter || isNumber) && !unicodeScalars.contains(where: \.isHan)
    }
}

extension Unicode.Scalar {
    fileprivate var isHan: Bool { properties.isIdeographic }

    fileprivate var isKana: Bool { (0x3041...0x30FF).contains(value) }
}
