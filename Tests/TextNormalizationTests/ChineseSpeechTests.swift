// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// What eSpeak NG says for our text is what it says for the characters one would say.
@Suite
struct ChineseSpeechTests {
    @Test(
        "Numbers",
        arguments: [
            ("12.5元", "十二点五元"), ("3.14", "三点一四"), ("1,000,000人", "一百万人"), ("100万", "一百万"), ("1.5亿", "一点五亿"),
            ("10000", "一万"), ("10005", "一万零五"), ("20305", "二万零三百零五"), ("100000000", "一亿"), ("1010", "一千零一十"),
            ("15个人", "十五个人"),
            ("110人", "一百一十人"), ("0.5", "零点五"), ("50%", "百分之五十"), ("3.5%", "百分之三点五"), ("5%~8%", "百分之五到百分之八"),
            ("5%-8%", "百分之五到百分之八"), ("10-15%", "百分之十到十五"),
            ("5–10个", "五到十个"), ("3~5天", "三到五天"), ("1/2", "二分之一"), ("3/4的人", "四分之三的人"), ("-5", "负五"),
            ("版本2.0.1", "版本二点零点一"),
            ("第3章", "第三章"), ("图4-1", "图四杠一"), ("007号", "零零七号"), ("５０个", "五十个"),
        ])
    func numbers(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Two is 两 before a measure word",
        arguments: [
            ("2个苹果", "两个苹果"), ("2本书", "两本书"), ("2小时", "两小时"), ("2000人", "两千人"), ("2-3天", "两到三天"), ("12个", "十二个"),
            ("第2个", "第二个"), ("2月2日", "二月二日"), ("22个", "二十二个"), ("2万", "两万"), ("2公里", "两公里"), ("2.5个", "二点五个"),
            ("2楼", "二楼"),
        ])
    func two(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Dates and times",
        arguments: [
            ("2024年", "二零二四年"), ("1949年10月1日", "一九四九年十月一日"), ("2024-05-03", "二零二四年五月三日"), ("2024/5/3", "二零二四年五月三日"),
            ("2010-2015年", "二零一零到二零一五年"), ("2000年前", "两千年前"), ("5000年的历史", "五千年的历史"), ("20世纪80年代", "二十世纪八十年代"),
            ("90后", "九零后"),
            ("2022世界杯", "二零二二世界杯"), ("10:30", "十点三十分"), ("14:30-16:00", "十四点三十分到十六点"), ("10:05", "十点零五分"),
            ("10:00", "十点"), ("下午2:15", "下午两点十五分"),
            ("比分3:2", "比分三比二"),
            ("10:30:15", "十点三十分十五秒"),
        ])
    func dates(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Money and units",
        arguments: [
            ("¥100", "一百元"), ("￥12.50", "十二点五零元"), ("$29.95", "二十九点九五美元"), ("€5", "五欧元"), ("$5万", "五万美元"),
            ("¥5-10", "五到十元"), ("5$", "五美元"),
            ("5元/斤", "五元每斤"), ("-5℃", "零下五摄氏度"), ("20°C", "二十摄氏度"), ("90km/h", "九十公里每小时"), ("5kg", "五公斤"),
            ("170cm", "一百七十厘米"),
            ("3.5 GHz", "三点五吉赫兹"), ("30m²", "三十平方米"), ("500mL", "五百毫升"), ("2kg", "两公斤"), ("5~10km", "五到十公里"),
            ("90°", "九十度"), ("28℃～32℃", "二十八摄氏度到三十二摄氏度"), ("5km~10km", "五公里到十公里"), ("2元~3元", "两元到三元"),
        ])
    func units(text: String, words: String) async throws { try await expectSame("约" + text, "约" + words) }

    @Test(
        "Telephone numbers",
        arguments: [
            ("电话13800138000", "电话一三八零零一三八零零零"), ("拨打010-12345678", "拨打零一零，一二三四五六七八"),
            ("拨打400-800-1234", "拨打四零零，八零零，一二三四"),
            ("请拨打110", "请拨打一一零"), ("邮编100084。", "邮编一零零零八四。"), ("手机138 0013 8000", "手机一三八，零零一三，八零零零"),
            ("验证码是123456", "验证码是一二三四五六"),
        ])
    func telephone(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Signs",
        arguments: [
            ("1+1=2", "一加一等于二"), ("5-3=2", "五减三等于二"), ("3×4", "三乘四"), ("8÷2", "八除以二"), ("3*4", "三乘四"),
            ("大于>5", "大于大于五"), ("数≤5", "数小于等于五"), ("数≈3", "数约等于三"),
            ("甲→乙", "甲到乙"), ("甲&乙", "甲和乙"), ("约~5个", "约约五个"), ("3^2", "三的平方"), ("和/或", "和、或"), ("±5", "正负五"),
            ("√2", "根号二"), ("星*号", "星号"),
        ])
    func signs(text: String, words: String) async throws { try await expectSame("说" + text, "说" + words) }

    @Test(
        "Characters that stay as they are",
        arguments: [
            "你好，我是小明。", "《红楼梦》很好看！", "“真的吗？”他说……", "今天天气真好、很好；对吧",
        ])
    func untouched(text: String) {
        #expect(spoken(text) == text)
    }

    private func expectSame(_ text: String, _ words: String, location: SourceLocation = #_sourceLocation) async throws {
        let said = spoken(text, language: "zh")
        let heard = try await Phonemes.of(said, language: "zh")
        let wanted = try await Phonemes.of(spoken(words, language: "zh"), language: "zh")
        #expect(heard == wanted, "\(said)", sourceLocation: location)
    }
}
