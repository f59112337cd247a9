// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// From one month, weekday or time of day to another.
@Suite struct RangesTests {
    @Test(
        "English",
        arguments: [
            ("open Mon-Fri, Oct-Dec", "open Monday to Friday, October to December"),
            (
                "The fair runs Oct-Dec 2024, open Mon-Fri.",
                "The fair runs October to December two thousand twenty four, open Monday to Friday."
            ),
            ("Mon–Fri 9am–5pm", "Monday to Friday 9 am to 5 pm"), ("Tue - Thu", "Tuesday to Thursday"),
            ("Jan.–Mar. only", "January to March only"), ("Monday-Friday", "Monday to Friday"),
            ("May-June", "May to June"),
            ("Sept-Nov", "September to November"),
            ("Mon.-Fri. 9-5", "Monday to Friday nine to five"),
            ("Mon-Thu, Sat", "Monday to Thursday, Saturday"), ("Oct 5–Dec 10", "October fifth to December tenth"),
            ("Sat-Sun", "Saturday to Sunday"),
            ("9:30am-6pm", "9:30 AM to 6 PM"),
            ("8:00–17:30", "eight o'clock to seventeen thirty"), ("Sat & Sun", "Saturday and Sunday"),
            ("Tues–Thurs", "Tuesday to Thursday"),
            ("December-February", "December to February"), ("10am–noon", "10 am to noon"),
        ])
    func english(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Weekdays in Japanese and Korean",
        arguments: [
            ("営業は月〜金です。", "営業はげつからきんです。", "ja"), ("月-金", "げつからきん", "ja"), ("土～日", "どからにち", "ja"),
            ("月曜〜金曜", "げつようからきんよう", "ja"), ("月曜日–金曜日は", "げつようびからきんようびは", "ja"),
            ("水~土", "すいからど", "ja"), ("10:00〜18:00", "10じから18じ", "ja"), ("今月〜来月", "今月〜来月", "ja"),
            ("월-금", "월요일 에서 금요일", "ko"), ("토~일은 휴무", "토요일 에서 일요일은 휴무", "ko"),
            ("월요일~금요일", "월요일 에서 금요일", "ko"), ("매월-매일", "매월-매일", "ko"), ("화–목", "화요일 에서 목요일", "ko"),
        ])
    func eastAsian(text: String, said: String, language: String) {
        #expect(spoken(text, language: language) == said)
    }

    @Test(
        "Names that look like weekdays or months",
        arguments: ["the Sun-Times", "Mar-a-Lago", "a may-fly", "We sat-down.", "Sun and moon", "I sat. We wed."])
    func untouched(text: String) {
        #expect(spoken(text) == text)
    }

    @Test(
        "Chinese",
        arguments: [
            ("3月-5月开放，周一-周五，早上9点-下午5点。", "三月到五月开放，周一到周五，早上九点到下午五点。"), ("3月—5月", "三月到五月"), ("星期一~星期五", "星期一到星期五"),
            ("1月1日-3日", "一月一日到三日"), ("9点-17点", "九点到十七点"), ("2019年-2023年", "二零一九年到二零二三年"),
            ("上午9:00-下午5:00", "上午九点到下午五点"),
            ("一月-三月", "一月到三月"), ("周六–周日", "周六到周日"), ("第1页-第5页", "第一页到第五页"), ("3号-5号", "三号到五号"), ("3楼-5楼", "三楼到五楼"),
            ("10月1日～10月7日", "十月一日到十月七日"), ("6岁-12岁", "六岁到十二岁"), ("气温-5℃", "气温零下五摄氏度"), ("是-3", "是负三"),
            ("5公里-10公里", "五公里到十公里"),
            ("周一至周五9:00-18:00", "周一至周五九点到十八点"), ("每年12月-次年2月", "每年十二月到次年二月"), ("3月-5月、9月-11月", "三月到五月、九月到十一月"),
        ])
    func chinese(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "Other languages",
        arguments: [
            ("z. B. am Mo.–Fr. von 9–17 Uhr", "zum Beispiel am Montag bis Freitag von 9 bis 17 Uhr", "de"),
            ("Mo-Fr", "Montag bis Freitag", "de"), ("Okt.–Dez.", "Oktober bis Dezember", "de"),
            ("Di. - Do. offen", "Dienstag bis Donnerstag offen", "de"),
            ("Fr. Müller", "Frau Müller", "de"),
            ("lun.-ven.", "lundi à vendredi", "fr"), ("janv.–mars", "janvier à mars", "fr"),
            ("lun–vie", "lunes a viernes", "es"),
            ("ene–abr", "enero a abril", "es"), ("lun–ven", "lunedì a venerdì", "it"),
            ("seg–sex", "segunda a sexta", "pt"),
            ("пн-пт", "с понедельника по пятницу", "ru"), ("янв.–март", "с января по март", "ru"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }
}
