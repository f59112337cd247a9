// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import TextNormalization

/// Text without letters is in the language of the answer so far, or else of the question, or else the configured one.
@Suite struct LanguageOfNumbersTests {
    @Test(
        "An answer to a question",
        arguments: [
            ("这辆车的速度是多少？", "8:30", "zh:八点三十分"), ("一共几个？", "42", "zh:四十二"), ("速度？", "80km/h", "zh:八十公里每小时"),
            ("多少钱", "$5", "zh:五美元"), ("几点", "10:30am", "zh:上午十点三十分"), ("百分之几？", "5%", "zh:百分之五"),
            ("How much is it?", "42", "en:42"), ("Сколько?", "5%", "ru:5 процентов"), ("いくつですか", "5%", "ja:5パーセント"),
            ("몇 퍼센트예요?", "5%", "ko:5 퍼센트"), ("Скільки їх?", "5%", "uk:5%"), ("πόσο;", "5", "el:5"),
            ("كم؟", "5", "ar:5"),
            ("iPhone多少钱", "1,234元", "zh:一千二百三十四元"), ("结果是？", "≈ 3.14", "zh:约等于 三点一四"), ("多长？", "1h30m", "zh:一小时三十分钟"),
            ("方程是什么", "x²=4", "en:x|zh:平方等于四"), ("有多少", "5–10", "zh:五到十"), ("范围", "-5~3℃", "zh:负五到三摄氏度"),
        ])
    func questions(question: String, text: String, expected: String) {
        #expect(described([text], question: question) == [expected])
    }

    @Test(
        "The answer so far outweighs the question",
        arguments: [
            (["速度对比：", "80km/h", "5%", "以上是结果。"], ["zh:速度对比：", "zh:八十公里每小时", "zh:百分之五", "zh:以上是结果。"]),
            (
                ["Here are the results of it:", "80 km/h", "结果"],
                ["en:Here are the results of it:", "en:80 kilometers per hour", "zh:结果"]
            ),
            (["结果如下：", "Python", "42"], ["zh:结果如下：", "en:Python", "zh:四十二"]),
            (["Вот так:", "5%"], ["ru:Вот так:", "ru:5 процентов"]),
            (["Ось їх список:", "5%"], ["uk:Ось їх список:", "uk:5%"]),
            (["これはテストです。", "5%"], ["ja:これはテストです。", "ja:5パーセント"]),
            (["東京のテスト:", "50kg"], ["ja:東京のテスト:", "ja:50キログラム"]), (["첫째:", "5%"], ["ko:첫째:", "ko:5 퍼센트"]),
            (["占比：", "CPU: 80%"], ["zh:占比：", "en:CPU: |zh:百分之八十"]),
        ])
    func answers(pieces: [String], expected: [String]) {
        #expect(described(pieces) == expected)
    }

    @Test("A name in Latin letters doesn't make an answer English if the question was Chinese")
    func names() {
        #expect(described(["iPhone Pro:", "42"], question: "多少钱？") == ["en:iPhone Pro:", "zh:四十二"])
        #expect(
            described(["The answer to this question is here.", "42"], question: "多少钱？").last == "en:42")
    }

    @Test("Without a question, the configured language is used")
    func configured() {
        #expect(described(["42"]) == ["en:42"])
        #expect(described(["42"], language: "zh") == ["zh:四十二"])
        #expect(described(["5%"], language: "ru") == ["ru:5 процентов"])
        #expect(described(["22,5 °C"], language: "de") == ["de:22,5 Grad Celsius"])
    }

    @Test(
        "Numbers and symbols next to single letters in a Chinese piece",
        arguments: [
            ("4B铅笔，5G网络，B2B。", "zh:四|en:B|zh:铅笔，五|en:G|zh:网络，|en:B2B。"), ("3D打印", "zh:三|en:D|zh:打印"),
            ("x²+y²=25，3×4=12，10÷2=5，8-3=5，结果对。", "en:x|zh:平方加|en:y|zh:平方等于二十五，三乘四等于十二，十除以二等于五，八减三等于五，结果对。"),
            ("A4纸", "en:A|zh:四纸"), ("G1234次列车", "en:G|zh:一二三四次列车"), ("4K电视", "zh:四|en:K|zh:电视"),
            ("E=mc²是公式", "en:E|zh:等于|en:mc|zh:平方是公式"),
            ("H2O是水", "en:H2O|zh:是水"), ("用 C++ 写", "zh:用 |en:C++ |zh:写"), ("维生素B12", "zh:维生素|en:B|zh:十二"),
            ("当x>5时", "zh:当|en:x|zh:大于五时"),
        ])
    func letters(text: String, expected: String) {
        #expect(described([text]) == [expected])
    }

    @Test("A note in place of text that is not read")
    func notes() {
        let none = AnswerLanguage(configured: "en")
        #expect(none.current == "en")
        #expect(none.language(inPlaceOf: "| 名称 | 年龄 |".utf8.span) == "zh")
        #expect(none.language(inPlaceOf: "| Name | Age |".utf8.span) == "en")
        #expect(none.language(inPlaceOf: "| 1 | 2 |".utf8.span) == "en")
        #expect(AnswerLanguage(configured: "en", question: "写个表").language(inPlaceOf: "| 1 | 2 |".utf8.span) == "zh")
        var english = none
        english.count("Here is the table of all that was found:".utf8.span)
        #expect(english.language(inPlaceOf: "| 名称 | 年龄 |".utf8.span) == "zh")
        var chinese = none
        chinese.count("结果如下表所示：".utf8.span)
        #expect(chinese.language(inPlaceOf: "| CPU | RAM |".utf8.span) == "zh")
    }

    private func described(_ pieces: [String], language: String = "en", question: String? = nil) -> [String] {
        var speech = SpeechText(AnswerLanguage(configured: language, question: question))
        return pieces.map { text in
            let end = text.utf8.count
            let anchors = [Alignment.Anchor(spoken: 0, source: 0), Alignment.Anchor(spoken: end, source: end)]
            let runs = speech.speak(MappedText(text: text, anchors: anchors)).runs
            return runs.map { "\($0.language):\($0.text)" }.joined(separator: "|")
        }
    }
}
