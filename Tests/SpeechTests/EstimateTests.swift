// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Testing
import Utterance

@Suite("The estimated duration")
struct EstimateTests {
    @Test(
        "is within 35 % of the real one, at any rate",
        arguments: [
            ("en", "Hello there, my friend."), ("en", "Yes."), ("en", "one, two, three, four. Five; six: seven!"),
            ("en", "The sky is blue because molecules in the air scatter blue light more than they scatter red light."),
            ("en", "In 1969, Apollo 11 landed; 600 million people watched it on July 20, 1969."),
            ("de", "Der Himmel ist blau, weil die Moleküle der Luft blaues Licht stärker streuen als rotes."),
            ("fr", "Le ciel est bleu parce que les molécules de l'air diffusent davantage la lumière bleue."),
            ("zh", "你好，我是语音助手。今天天气很好！"), ("zh", "天空之所以是蓝色的，是因为大气中的分子散射了太阳光中的蓝光。"),
            ("ja", "こんにちは、げんきですか。"), ("ko", "안녕하세요, 반갑습니다."), ("ko", "하늘은 파란빛이 더 많이 흩어지기 때문에 파랗습니다."),
            ("ru", "Привет, как дела?"), ("el", "Ο ουρανός είναι μπλε επειδή ο αέρας διασκορπίζει το μπλε φως."),
            ("ar", "السماء زرقاء لأن جزيئات الهواء تشتت الضوء الأزرق أكثر من الأحمر."),
            ("hi", "आकाश नीला है क्योंकि वायु के अणु नीली रोशनी को अधिक बिखेरते हैं।"),
        ], [175, 120, 260])
    func close(sentence: (language: String, text: String), rate: Int) async throws {
        let parameters = VoiceParameters(rate: rate)
        let synthesizer = try await Synthesizer.start(parameters)
        let run = SpokenRun(language: sentence.language, text: sentence.text)
        let real = synthesizer.format.duration(ofFrames: try await synthesizer.record(run).samples.count)
        let estimate = parameters.estimatedDuration(of: [run])
        #expect((0.65...1.35).contains(estimate / real), "\(estimate) for \(real)")
    }

    @Test("includes runs, their gaps and word gaps")
    func runs() {
        let parameters = VoiceParameters()
        let both = parameters.estimatedDuration(of: [.english("Learn "), .chinese("中文")])
        #expect(both == .milliseconds(5 * 60 + 2 * 265 + 100 + 40))
        let wide = VoiceParameters(wordGapMilliseconds: 50)
        #expect(
            wide.estimatedDuration(of: [.english("a b")]) == parameters.estimatedDuration(of: [.english("a b")])
                + .milliseconds(50))
    }

    @Test("of nothing to say is nothing", arguments: ["", " ", "...", "。", "—"])
    func nothing(text: String) {
        #expect(VoiceParameters().estimatedDuration(of: [.english(text)]) == .zero)
        #expect(VoiceParameters().estimatedDuration(of: []) == .zero)
    }
}
