// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// What everyday answers contain, compared with the words that a person would say, by their phonemes.
@Suite struct EverydayTests {
    @Test(
        "English",
        arguments: [
            ("Prep: 15 min · Bake: 1 hr 5 min", "Prep: fifteen minutes, Bake: one hour five minutes"),
            ("on Sat., Dec. 6: closed", "on Saturday, December sixth: closed"),
            ("May 3-5 and June 10–12", "May third to fifth and June tenth to twelfth"),
            ("Oct. 3-Nov. 5", "October third to November fifth"), ("May 3rd-5th", "May third to fifth"),
            ("from Jan to Mar.", "from January to March."), ("Tue. to Thu.", "Tuesday to Thursday."),
            ("on 12/31/99", "on December thirty-first, nineteen ninety nine"),
            ("due on 2/28/26", "due on February twenty-eighth, two thousand twenty six"),
            ("closed 12/25", "closed December twenty-fifth"),
            ("from 11/20 on", "from November twentieth on"),
            ("Card purchase, 11/14, cash", "Card purchase, November fourteenth, cash"),
            (
                "11/01/2025–11/30/2025",
                "November first, two thousand twenty five to November thirtieth, two thousand twenty five"
            ),
            ("11–12:30", "eleven to twelve thirty"), ("9am-5pm daily", "9 am to 5 pm daily"),
            ("the 12-5 team", "the twelve to five team"), ("2 in. of snow", "two inches of snow"),
            ("w/ milk and w/o sugar", "with milk and without sugar"), ("3 x 4", "three times four"),
            ("a 9x5 inch pan", "a nine by five inch pan"), ("UV index 7/10", "UV index seven out of ten"),
            ("a perfect 10/10", "a perfect ten out of ten"), ("3/5 stars", "three out of five stars"),
            ("BP: 128/82 mmHg", "BP: one hundred twenty eight over eighty two millimeters of mercury"),
            ("(< 20 is low)", "(less than twenty is low)"), ("ratio 2.5:1", "ratio two point five to one"),
            ("18 ng/mL", "eighteen nanograms per milliliter"),
            ("6.2 × 10⁹/L", "six point two times ten to the power of nine per liter"),
            ("10¹⁶ J", "ten to the power of sixteen joules"), ("max. 1,200 mg/day", "maximum 1200 milligrams per day"),
            ("the time was 2:05:41.3", "the time was two hours, five minutes and 41.3 seconds"),
            ("the record at 2:11:53", "the record at two hours, eleven minutes and fifty three seconds"),
            ("at 10:15:30", "at ten fifteen thirty"), ("5m ago", "five minutes ago"),
            ("2h30m, then 15m", "two hours thirty minutes, then fifteen minutes"),
            ("ending in 4242", "ending in four two four two"),
            ("Invoice 2024-00123", "Invoice two zero two four, zero zero one two three"),
            ("ext. 204", "extension two zero four"),
            ("Denver, CO 80202", "Denver, CO 8 0 2 0 2"),
            ("Tickets are $49–$112.", "Tickets are 49 to 112 dollars."),
            ("$24.50/mo. works out", "twenty four dollars and fifty cents per month works out"),
            ("120 tokens/s", "one hundred twenty tokens per second"), ("locker 9J", "locker nine J"),
            ("It is 25C today.", "It is twenty five degrees Celsius today."),
            ("5K followers", "five thousand followers"),
            ("4K and 3D", "four K and three D"), ("(1.5,-3)", "one point five, minus three"),
            ("x ∈ A", "x in A"), ("A ∪ B", "A union B"), ("±5", "plus or minus five"),
            ("131 ↑ and 98 ↓", "one hundred thirty one up and ninety eight down"),
            ("Back at 7 p.m. Don't wait.", "Back at 7 PM. Don't wait."), ("5 p.m. Monday", "5 PM Monday"),
            ("√ Open, × Close", "Open, Close"), ("<5 people", "less than five people"),
            ("Gate C4F and Section 4", "Gate C4F and Section four"), ("agent 007", "agent zero zero seven"),
            ("32 pts. and 5 lbs.", "thirty two points and five pounds."),
            ("the 1960s and the '70s", "the nineteen sixties and the seventies"),
            ("In the 100m, she ran 9.81s.", "In the one hundred meters, she ran nine point eight one seconds."),
            ("Dr. Lee lives at 12 Main St.", "Doctor Lee lives at twelve Main Street."),
        ])
    func english(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Chinese numbers",
        arguments: [
            ("价格¥19.9", "价格十九点九元"), ("约$4,160/盎司", "约四千一百六十美元每盎司"), ("热量≈250kcal/份", "热量约等于二百五十千卡每份"),
            ("环比-0.1%", "环比负百分之零点一"), ("同比+15%", "同比加百分之十五"), ("1-10月", "一到十月"), ("3～5天", "三到五天"),
            ("-3~-5℃", "零下三到零下五摄氏度"), ("-5~3℃", "负五到三摄氏度"), ("8~10℃", "八到十摄氏度"), ("最低-12℃", "最低零下十二摄氏度"),
            ("阵风7-8级", "阵风七到八级"), ("周六-周日", "周六到周日"), ("5月1日-7日", "五月一日到七日"), ("第3-5章", "第三到五章"),
            ("2019-2021年", "二零一九到二零二一年"), ("时长12:34", "时长十二分三十四秒"), ("用时2:05:41", "用时两小时五分四十一秒"),
            ("现在15:30:45", "现在十五点三十分四十五秒"), ("9:05发车", "九点零五分发车"), ("17：20分", "十七点二十分"), ("下午3:00", "下午三点"),
            ("3 p.m.开始", "下午三点开始"), ("9 am前到", "上午九点前到"), ("5:30 PM结束", "下午五点三十分结束"),
            ("1h30m后", "一小时三十分钟后"), ("计时2m30s", "计时两分钟三十秒"), ("跑5m", "跑五米"), ("血压120/80", "血压一百二十，八十"),
            ("评分8/10", "评分八，满分十"), ("日期5/6", "日期五月六日"), ("截止5/6", "截止五月六日"), ("1/2小勺", "二分之一小勺"),
            ("24/7服务", "二十四，七服务"), ("比分78:96", "比分七十八比九十六"), ("比例16:9", "比例十六比九"),
            ("尾号为1234的卡", "尾号为一二三四的卡"), ("银行卡6222 0212 3456 7890", "银行卡六二二二，零二一二，三四五六，七八九零"),
            ("群号123456789", "群号一二三四五六七八九"), ("订单号20250123", "订单号二零二五零一二三"), ("验证码是482913", "验证码是四八二九一三"),
            ("工号10086", "工号一零零八六"), ("客服400-820-8820", "客服四零零，八二零，八八二零"), ("转8001", "转八零零一"),
            ("座机0571-88886666", "座机零五七一，八八八八六六六六"), ("手机13812345678", "手机一三八一二三四五六七八"),
            ("拨打12345", "拨打一二三四五"), ("急救电话120", "急救电话一二零"), ("308房间", "三零八房间"), ("502室", "五零二室"),
            ("985和211大学", "九八五和二幺幺大学"), ("404错误", "四零四错误"), ("端口8080", "端口八零八零"), ("邮编100084", "邮编一零零零八四"),
            ("今年是2024，", "今年是二零二四，"), ("生于1990，", "生于一九九零，"), ("2024比2023好", "二零二四比二零二三好"),
            ("1998届", "一九九八届"), ("90年代", "九十年代"), ("2000多年", "两千多年"), ("公元前221年", "公元前二百二十一年"),
            ("5′10″", "五英尺十英寸"), ("10⁶个", "十的六次方个"), ("10⁻³米", "十的负三次方米"), ("x²", "x平方"), ("25℃", "二十五摄氏度"),
            ("5公里/小时", "五公里每小时"), ("12元/斤", "十二元每斤"), ("75次/分", "七十五次每分"), ("HKD13.5", "十三点五港元"),
            ("US$20", "二十美元"), ("100RMB", "一百元"), ("2两", "二两"), ("2匹马", "两匹马"), ("2.5GB", "二点五GB"),
            ("1,234,567人", "一百二十三万四千五百六十七人"), ("1.59万亿元", "一点五九万亿元"), ("3888.60点", "三千八百八十八点六零点"),
            ("∠A=60°", "角A等于六十度"), ("√16=4", "根号十六等于四"),
        ])
    func chineseFigures(text: String, words: String) async throws {
        try await expectSame("说：" + text, "说：" + words, "zh")
    }

    @Test(
        "Chinese words with several readings",
        arguments: [
            ("出差", "chu1 chai1"), ("差别", "cha1 bie2"), ("参差", "cen1 ci1"), ("重复", "chong2 fu4"),
            ("重量", "zhong4 liang4"), ("行李", "xing2 li3"), ("行列", "hang2 lie4"), ("银行行长", "yin2 hang2 hang2 zhang3"),
            ("长度", "chang2 du4"), ("成长", "cheng2 zhang3"), ("还钱", "huan2 qian2"), ("还有", "hai2 you3"),
            ("都市", "du1 shi4"),
            ("好吃", "hao3 chi1"), ("爱好", "ai4 hao4"), ("觉得", "jue2 de5"), ("睡觉", "shui4 jiao4"), ("乐器", "yue4 qi4"),
            ("乐观", "le4 guan1"), ("教室", "jiao4 shi4"), ("调查", "diao4 cha2"), ("空调", "kong1 tiao2"), ("分数", "fen1 shu4"),
            ("数学", "shu4 xue2"), ("答应", "da1 ying4"), ("回答", "hui2 da2"), ("相信", "xiang1 xin4"), ("照相", "zhao4 xiang4"),
            ("传说", "chuan2 shuo1"), ("传记", "zhuan4 ji4"), ("假装", "jia3 zhuang1"), ("放假", "fang4 jia4"),
            ("当然", "dang1 ran2"),
            ("上当", "shang4 dang4"), ("发现", "fa1 xian4"), ("理发", "li3 fa4"), ("干净", "gan1 jing4"), ("能干", "neng2 gan4"),
            ("降低", "jiang4 di1"), ("投降", "tou2 xiang2"),
        ])
    func readings(word: String, pinyin: String) async throws {
        // eSpeak NG 1.52 lets a fourth tone before another fall only half, and says 行李 and 答应 with a light tone.
        var heard = try await Phonemes.of(word, language: "zh")
        for (one, other) in [("53", "51"), ("li33", "li214"), ("ji22N", "ji51N")] {
            heard = heard.replacing(one, with: other)
        }
        let wanted = try await Phonemes.of(pinyin, language: "zh", isPinyin: true)
        #expect(heard == wanted)
    }

    @Test(
        "Other languages",
        arguments: [
            ("Hauptstr. 12h", "Hauptstraße zwölf h", "de"),
            ("Fahrzeit 2h30m, Pause 15m", "Fahrzeit 2 Stunden 30 Minuten, Pause 15 Minuten", "de"),
            ("vom 3.–5. Mai", "vom dritten bis fünften Mai", "de"),
            ("am 24.12. zu", "am vierundzwanzigsten zwölften zu", "de"),
            ("um 15:30:45 Uhr", "um 15 Uhr 30 und 45 Sekunden", "de"), ("Gl. 7", "Gleis 7", "de"),
            ("Frankfurt Hbf um 8", "Frankfurt Hauptbahnhof um 8", "de"),
            ("Tel. 030 1234567", "Telefon 0 3 0, 1 2 3 4 5 6 7", "de"),
            ("Hauptstr. 5, 60329 Frankfurt", "Hauptstraße 5, 6 0 3 2 9 Frankfurt", "de"),
            ("du lun. au ven.", "du lundi au vendredi.", "fr"), ("9h-18h", "9 heures à 18 heures", "fr"),
            ("au XIXe siècle", "au dix-neuvième siècle", "fr"),
            ("appelez le 01 23 45 67 89", "appelez le 0 1, 2 3, 4 5, 6 7, 8 9", "fr"),
            ("lun. 3 mars à 9h", "lundi 3 mars à 9 heures", "fr"), ("3 x 4", "3 fois 4", "fr"),
            ("x ∈ A", "x dans A", "fr"),
            ("ene-mar", "enero a marzo", "es"), ("lun-mar", "lunes a martes", "es"), ("y/o", "y o", "es"),
            ("código postal 28013", "código postal 2 8 0 1 3", "es"), ("llame al 112", "llame al 1 1 2", "es"),
            ("gen.-mar.", "gennaio a marzo.", "it"), ("dal lun. al ven. 9", "dal lunedì al venerdì 9", "it"),
            ("CAP 00184", "CAP 0 0 1 8 4", "it"),
            ("с пн по пт", "с понедельника по пятницу", "ru"), ("3-5 мая", "с третьего по пятое мая", "ru"),
            ("3 марта 2025 г.", "третьего марта две тысячи двадцать пятого года.", "ru"),
            ("в XIX в. жил", "в девятнадцатом веке жил", "ru"), ("3-5 м/с", "3 5 метров в секунду", "ru"),
            ("тел. +7 495 123-45-67", "телефон плюс 7, 4 9 5, 1 2 3, 4 5, 6 7", "ru"),
            ("1h30m", "1じかん30ふん", "ja"), ("9時~17時", "9じから17じ", "ja"),
            ("03-1234-5678です", "0 3, 1 2 3 4, 5 6 7 8です", "ja"),
            ("9시~17시", "9시 에서 17시", "ko"), ("3월-5월", "3월 에서 5월", "ko"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }
}
