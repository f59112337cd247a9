// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What the listener hears when something fails: short, since the caller gets the fault itself.
enum SpokenFault {
    /// - Parameter language: a BCP 47 tag.
    /// - Returns: the sentence, and the language it is in.
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
