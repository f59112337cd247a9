// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import TextNormalization

/// Words that eSpeak NG reads wrongly as they are written, against their readings in pinyin.
@Suite
struct ChineseReadingsTests {
    @Test(
        "Words with several readings",
        arguments: [
            ("银行", "yin2 hang2"), ("行业", "hang2 ye4"), ("音乐", "yin1 yue4"), ("快乐", "kuai4 le4"), ("重庆", "chong2 qing4"),
            ("重要", "zhong4 yao4"),
            ("重新", "chong2 xin1"), ("长大", "zhang3 da4"), ("校长", "xiao4 zhang3"), ("长城", "chang2 cheng2"),
            ("睡觉", "shui4 jiao4"), ("地方", "di4 fang1"),
            ("地球", "di4 qiu2"), ("目的", "mu4 di4"), ("因为", "yin1 wei4"), ("成为", "cheng2 wei2"), ("认为", "ren4 wei2"),
            ("行为", "xing2 wei2"),
            ("得到", "de2 dao4"), ("部分", "bu4 fen4"), ("应用", "ying4 yong4"), ("应该", "ying1 gai1"), ("处理", "chu3 li3"),
            ("要求", "yao1 qiu2"),
            ("调整", "tiao2 zheng3"), ("了解", "liao3 jie3"), ("干部", "gan4 bu4"), ("兴奋", "xing1 fen4"), ("首都", "shou3 du1"),
            ("都是", "dou1 shi4"),
            ("会计", "kuai4 ji4"), ("会议", "hui4 yi4"), ("角色", "jue2 se4"), ("朝阳", "zhao1 yang2"), ("头发", "tou2 fa4"),
            ("爱好", "ai4 hao4"), ("好奇", "hao4 qi2"),
            ("教书", "jiao1 shu1"), ("教育", "jiao4 yu4"), ("还款", "huan2 kuan3"), ("还是", "hai2 shi4"), ("西藏", "xi1 zang4"),
            ("种植", "zhong4 zhi2"), ("几乎", "ji1 hu1"),
            ("投降", "tou2 xiang2"), ("首相", "shou3 xiang4"), ("率领", "shuai4 ling3"), ("弹性", "tan2 xing4"),
            ("模样", "mu2 yang4"), ("没收", "mo4 shou1"), ("参与", "can1 yu4"),
            ("自传", "zi4 zhuan4"), ("中奖", "zhong4 jiang3"), ("假期", "jia4 qi1"), ("散文", "san3 wen2"),
            ("测量", "ce4 liang2"), ("宿舍", "su4 she4"), ("媒体", "mei2 ti3"),
            ("贷款", "dai4 kuan3"), ("罗马", "luo2 ma3"), ("浏览", "liu2 lan3"), ("信息", "xin4 xi1"), ("业绩", "ye4 ji4"),
            ("编辑", "bian1 ji2"), ("著名", "zhu4 ming2"), ("服务器", "fu2 wu4 qi4"),
            ("不对", "bu2 dui4"), ("不是", "bu2 shi4"), ("不好", "bu4 hao3"), ("一样", "yi2 yang4"), ("一般", "yi4 ban1"),
            ("一起", "yi4 qi3"), ("第一", "di4 yi1"), ("十一", "shi2 yi1"),
        ])
    func readings(word: String, pinyin: String) async throws {
        let said = try await Phonemes.of(spoken(word), language: "zh")
        let wanted = try await Phonemes.of(pinyin, language: "zh", isPinyin: true)
        #expect(said == wanted, "\(spoken(word))")
    }

    @Test(
        "A word is not found across two others",
        arguments: [
            "校长大会": "校掌大会", "为了解决问题": "为了解决问题", "更好地理解": "更好地理解", "项目的名字": "项目的名字", "管理发展": "管理发展", "没收到信": "没收到信",
            "时间接近": "时间接近", "进行会谈": "进行会谈", "有空间": "有空间", "二零二一年": "二零二一年", "第一天": "第一天", "一点七五": "一点七五",
            "强调和平": "强调和平",
        ])
    func boundaries(text: String, expected: String) {
        #expect(spoken(text) == expected)
    }

    @Test("A character is put in place of a character: places in the text stay what they are")
    func alignment() {
        let (runs, alignment) = speak("我在银行听音乐")
        #expect(runs.map(\.text) == ["我在银航听音岳"])
        #expect(alignment.source(of: 6..<12) == 6..<12)
        #expect(alignment.source(of: 15..<21) == 15..<21)
    }
}
