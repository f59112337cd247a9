// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
package import Utterance

/// The sentence that the listener hears when an answer takes a while.
enum StillThinking {
    /// - Parameter language: a BCP 47 tag.
    /// - Returns: the sentence and its language, which is English if there is no sentence in `language`.
    static func sentence(in language: String) -> (text: String, language: String) {
        guard let text = sentences[language.primaryLanguage] else { return ("Still thinking.", "en") }
        return (text, language)
    }

    private static let sentences = [
        "en": "Still thinking.", "zh": "请稍等，我还在想。", "de": "Ich denke noch nach.", "fr": "Je réfléchis encore.",
        "es": "Sigo pensando.", "it": "Sto ancora pensando.", "pt": "Ainda estou pensando.", "ja": "まだ考えています。",
        "ko": "아직 생각하고 있어요.", "ru": "Я всё ещё думаю.",
    ]
}

/// The sentence that the listener hears when something fails. Short, since the client gets the fault itself.
enum SpokenFault {
    /// - Parameter language: a BCP 47 tag.
    /// - Returns: the sentence and its language.
    static func sentence(for code: Fault.Code, in language: String) -> (text: String, language: String) {
        let (english, chinese) = sentences(for: code)
        return language.hasPrefix("zh") ? (chinese, "zh") : (english, "en")
    }

    private static func sentences(for code: Fault.Code) -> (english: String, chinese: String) {
        switch code {
        case .modelUnreachable: ("Sorry, I can't reach the language model.", "抱歉，我连接不上语言模型。")
        case .modelNotFound, .modelNoneInstalled: ("Sorry, the language model is not installed.", "抱歉，语言模型还没有安装。")
        case .modelSilent: ("Sorry, the language model did not answer in time.", "抱歉，语言模型没有及时回答。")
        case .modelStalled, .modelTruncated: ("Sorry, the answer broke off.", "抱歉，回答中断了。")
        case .modelBusy: ("Sorry, the language model is busy. Please try again.", "抱歉，语言模型正忙，请稍后再试。")
        case .modelOutOfMemory: ("Sorry, the language model ran out of memory.", "抱歉，语言模型内存不足。")
        case .answerEmpty, .answerOnlyReasoning: ("Sorry, I have no answer to that.", "抱歉，这个问题我没有答案。")
        default: ("Sorry, something went wrong.", "抱歉，出了点问题。")
        }
    }
}

extension Piece {
    /// A signal on its way to the listener.
    ///
    /// - Parameters:
    ///   - number: its index among the answer's signals, from 0.
    ///   - sentence: what is said; `nil`: the signal's earcon.
    ///   - end: UTF-8 offset in the answer's text of what has been said so far.
    init(_ signal: AudibleSignal, number: Int, saying sentence: (text: String, language: String)? = nil, at end: Int) {
        let text = sentence?.text ?? ""
        self.init(
            index: -1 - number, signal: signal, kind: .note, text: text,
            runs: sentence.map { [SpokenRun(language: $0.language, text: $0.text)] } ?? [],
            boundary: sentence == nil ? .clause : .paragraph, source: end..<end,
            alignment: Alignment(anchors: [.init(spoken: 0, source: end), .init(spoken: text.utf8.count, source: end)]))
    }
}

/// Limits how often the same fault is spoken. The answers of one device share it.
package final class SpokenFaultLimit: Sendable {
    /// The shortest time between two times that the same fault is spoken.
    private static let interval = Duration.seconds(60)

    private let clock: any MomentClock
    /// When each fault was spoken last.
    private let said = Mutex([Fault.Code: Moment]())

    package init(clock: any MomentClock = MonotonicClock()) {
        self.clock = clock
    }

    /// Whether the fault may be spoken now; if so, it counts as spoken.
    func permits(_ code: Fault.Code) -> Bool {
        let now = clock.now
        return said.withLock { said in
            if let last = said[code], last.duration(to: now) < Self.interval { return false }
            said[code] = now
            return true
        }
    }
}
