// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Pipeline

@Suite("What is said of a fault") struct SpokenFaultTests {
    @Test("is a short sentence in English and in Chinese", arguments: Fault.Code.allCases)
    func languages(code: Fault.Code) {
        let english = SpokenFault.sentence(for: code, in: "en")
        let chinese = SpokenFault.sentence(for: code, in: "zh")
        #expect(english.hasPrefix("Sorry") && english.hasSuffix("."))
        #expect(chinese.hasPrefix("抱歉") && chinese.hasSuffix("。"))
        #expect(english.utf8.count < 80)
    }

    @Test("stands for no text of the answer")
    func place() {
        let piece = SpokenFault.piece(for: .modelStalled, in: "zh", index: 3, at: 40)
        #expect(piece.source == 40..<40)
        #expect(piece.kind == .note)
        #expect(piece.runs.map(\.language) == ["zh"])
        #expect(piece.alignment.source(of: 0..<6) == 40..<40)
    }
}
