// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Pipeline

@Suite("What is said about a fault") struct SpokenFaultTests {
    @Test("is a short sentence in English and in Chinese", arguments: Fault.Code.allCases)
    func languages(code: Fault.Code) {
        let english = SpokenFault.sentence(for: code, in: "en")
        let chinese = SpokenFault.sentence(for: code, in: "zh-CN")
        #expect(english.text.hasPrefix("Sorry") && english.text.hasSuffix("."))
        #expect(chinese.text.hasPrefix("抱歉") && chinese.text.hasSuffix("。"))
        #expect(english.language == "en" && chinese.language == "zh")
        #expect(english.text.utf8.count < 80)
    }
}
