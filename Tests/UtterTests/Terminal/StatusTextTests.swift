// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite("What the status line says")
struct StatusTextTests {
    private let english = StatusText(words: Bilingual(isChinese: false))
    private let chinese = StatusText(words: Bilingual(isChinese: true))

    @Test("Its text is in the language of the locale")
    func languages() {
        #expect(english.waiting(for: "the model") == "Waiting for the first word of the model")
        #expect(chinese.waiting(for: "the model") == "正在等待模型的第一个词")
        #expect(chinese.waiting(for: "qwen2.5:3b") == "正在等待 qwen2.5:3b 的第一个词")
        #expect(chinese.thinking("qwen2.5:3b") == "qwen2.5:3b 正在思考")
        #expect(chinese.stoppable(chinese.counted(chinese.daemon, .seconds(3))) == "正在等待守护进程，3 秒（Ctrl-C 停止）")
        #expect(english.turn(behind: 1) == "Waiting in the queue behind another answer")
    }

    @Test(
        "While speaking, it shows as much as fits",
        arguments: [
            (80, "Speaking 2 of 15 – Enter asks the next question, Ctrl-C stops", "正在朗读 2/15 – 回车问下一个问题，Ctrl-C 停止"),
            (40, "Speaking 2 of 15 – Ctrl-C stops", "正在朗读 2/15 – Ctrl-C 停止"),
            (20, "Speaking 2 of 15", "正在朗读 2/15"),
        ])
    func speaking(columns: Int, inEnglish: String, inChinese: String) {
        #expect(english.speaking(1, of: 15, columns: columns) == inEnglish)
        #expect(chinese.speaking(1, of: 15, columns: columns) == inChinese)
    }
}
