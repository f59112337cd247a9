// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import utter

@Suite("Messages in the language of the locale")
struct ShownMessageTests {
    @Test("Every fault has a Chinese sentence", arguments: Fault.Code.allCases)
    func faults(code: Fault.Code) throws {
        let chinese = try #require(ShownMessage.all[code.rawValue]).chinese
        #expect(chinese.last.map { "。：）".contains($0) || $0.isASCII } == true)
    }

    @Test("English stays as it is; Chinese keeps what only the English sentence names")
    func texts() {
        let (english, chinese) = (Bilingual(isChinese: false), Bilingual(isChinese: true))
        #expect(ShownMessage.text("model_not_found", "No model x.", english) == "No model x.")
        #expect(ShownMessage.text("model_not_found", "No model x.", chinese).hasSuffix("安装。\nNo model x."))
        #expect(ShownMessage.text("answer_empty", "Empty.", chinese) == "模型的回答是空的。请再问一次，或换一个模型。")
        #expect(ShownMessage.text("never_heard_of", "Text.", chinese) == "Text.")
    }

    @Test(
        "The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set",
        arguments: [
            (["LANG": "zh_CN.UTF-8"], true), (["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], false),
            (["LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"], true), (["LC_ALL": "", "LANG": "zh"], true), ([:], false),
            (["LANG": "C.UTF-8"], false),
        ] as [([String: String], Bool)])
    func locale(environment: [String: String], isChinese: Bool) {
        #expect(Bilingual(environment: environment).isChinese == isChinese)
    }
}
