// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// Numbers that are names are read digit by digit.
@Suite struct DigitStringsTests {
    @Test(
        "Codes, cards and postal codes",
        arguments: [
            (
                "Your code is 276983. Please call 123-456-0987.",
                "Your code is two seven six nine eight three. Please call one two three, four five six, zero nine eight seven."
            ),
            (
                "The card number is 1234-5678-9012-3456.",
                "The card number is one two three four, five six seven eight, nine zero one two, three four five six."
            ),
            (
                "Card 4111 1111 1111 1111 was declined.",
                "Card four one one one, one one one one, one one one one, one one one one was declined."
            ),
            ("Beverly Hills, CA 90210.", "Beverly Hills, CA 9 0 2 1 0."),
            ("The zip code is 02139.", "The zip code is zero two one three nine."),
            ("My pin is 4821.", "My pin is four eight two one."),
            ("ZIP: 10001-1234", "ZIP: one zero zero zero one, one two three four"),
            ("the code 1234 or 5678", "the code one two three four or five six seven eight"),
            ("ISBN 978-3-16-148410-0", "ISBN nine seven eight, three, one six, one four eight four one zero, zero"),
            ("Order number 10045678 is late.", "Order number one zero zero four five six seven eight is late."),
            ("SSN 123-45-6789", "SSN one two three, four five, six seven eight nine"),
            ("The password is 0042.", "The password is zero zero four two."),
            ("account 12345678", "account one two three four five six seven eight"),
            ("verification code: 48213", "verification code: four eight two one three"),
            ("Use 482913 as your code.", "Use four eight two nine one three as your code."),
            ("NY 10001", "NY one zero zero zero one"),
            ("tracking number 9400110200", "tracking number nine four zero zero one one zero two zero zero"),
            ("agent 007", "agent zero zero seven"),
        ])
    func codes(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Numbers that are dialled",
        arguments: [
            ("Call 911 or 112.", "Call nine one one or one one two."), ("Dial 999 now.", "Dial nine nine nine now."),
            ("extension 204", "extension two zero four"),
            ("Text HELP to 741741.", "Text HELP to seven four one seven four one."),
            ("We called 911 people.", "We called nine hundred eleven people."),
            ("Call 988, 311 or 211.", "Call nine eight eight, three one one or two one one."),
        ])
    func dialled(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Amounts stay amounts",
        arguments: [
            ("The code has 3000 lines.", "The code has three thousand lines."),
            ("Room 12 is free.", "Room twelve is free."), ("CA has 40000 schools.", "CA has 40000 schools."),
            ("He paid by card 1500 dollars.", "He paid by card one thousand five hundred dollars."),
        ])
    func amounts(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Chinese telephone numbers",
        arguments: [
            ("固话：0595-23865596或23880880。", "固话：零五九五，二三八六五五九六或二三八八零八八零。"),
            ("手机：+86 19859213959或15659451527。", "手机：加八六，一九八五九二一三九五九或一五六五九四五一五二七。"),
            ("请拨打119或120。", "请拨打一一九或一二零。"), ("报警打110，急救打120。", "报警打一一零，急救打一二零。"), ("客服热线是95588。", "客服热线是九五五八八。"),
            ("座机：62785001", "座机：六二七八五零零一"), ("致电12345或12315", "致电一二三四五或一二三一五"),
            ("电话+86-10-62781234", "电话加八六，一零，六二七八一二三四"),
            ("拨打110、119、120", "拨打一一零、一一九、一二零"), ("打了120次电话", "打了一百二十次电话"), ("热线400-820-8820", "热线四零零，八二零，八八二零"),
            ("传真：021-62345678转801", "传真：零二一，六二三四五六七八转八零一"), ("分机号8023", "分机号八零二三"),
        ])
    func chineseTelephone(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "Chinese rooms and codes",
        arguments: [
            ("房间号1208，5号楼2单元1201，尾号8888的卡。", "房间号幺二零八，五号楼二单元幺二零幺，尾号八八八八的卡。"), ("302室", "三零二室"),
            ("请到1503房间", "请到幺五零三房间"),
            ("门牌号2018", "门牌号二零幺八"), ("卡号6222-0212-3456-7890", "卡号六二二二，零二一二，三四五六，七八九零"),
            ("取件码：5-2-3041", "取件码：五，二，三零四一"), ("密码是8888或1234", "密码是八八八八或一二三四"), ("邮编：100084", "邮编：一零零零八四"),
            ("身份证号110101199003078888", "身份证号一一零一零一一九九零零三零七八八八八"), ("会议号123 456 789", "会议号一二三，四五六，七八九"),
            ("验证码为0427", "验证码为零四二七"),
            ("QQ号10001", "QQ号一零零零一"), ("3号楼502", "三号楼五零二"),
        ])
    func chineseCodes(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "Chinese names made of digits",
        arguments: [
            ("考上了211大学，3.15晚会，618大促，911事件，996工作制。", "考上了二幺幺大学，三一五晚会，六一八大促，九一一事件，九九六工作制。"), ("985高校", "九八五高校"),
            ("985、211院校", "九八五、二幺幺院校"), ("9.18事变", "九一八事变"), ("5·12地震", "五一二地震"), ("波音737客机", "波音七三七客机"),
            ("84消毒液", "八四消毒液"), ("12306网站", "一二三零六网站"), ("共有211所大学", "共有二百一十一所大学"), ("加到985", "加到九百八十五"),
            ("打卡007", "打卡零零七"),
            ("996元", "九百九十六元"), ("520表白日", "五二零表白日"), ("58同城", "五八同城"), ("双11购物节", "双十一购物节"), ("404页面", "四零四页面"),
            ("863计划", "八六三计划"), ("7×24小时", "七乘二十四小时"),
        ])
    func chineseNames(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "Other languages",
        arguments: [
            ("PLZ 10115 Berlin", "PLZ 1 0 1 1 5 Berlin", "de"), ("Der Code ist 4821.", "Der Code ist 4 8 2 1.", "de"),
            ("Notruf 112", "Notruf 1 1 2", "de"),
            ("Kartennummer 1234-5678-9012-3456", "Kartennummer 1 2 3 4, 5 6 7 8, 9 0 1 2, 3 4 5 6", "de"),
            ("Le code est 482913.", "Le code est 4 8 2 9 1 3.", "fr"),
            ("El código es 4821.", "El código es 4 8 2 1.", "es"),
            ("Il codice è 482913.", "Il codice è 4 8 2 9 1 3.", "it"),
            ("O código é 4821.", "O código é 4 8 2 1.", "pt"),
            ("Код 4821", "Код 4 8 2 1", "ru"), ("Ihre PIN lautet 4821.", "Ihre PIN lautet 4 8 2 1.", "de"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }

    @Test(
        "Chinese service numbers and accounts",
        arguments: [
            ("火警119", "火警一一九"), ("急救120", "急救一二零"), ("IP是192.168.0.1。", "IP是一九二点一六八点零点一。"),
            ("QQ：123456789", "QQ：一二三四五六七八九"),
            ("微信号：889900", "微信号：八八九九零零"), ("报警打110，火警119。", "报警打一一零，火警一一九。"),
        ])
    func services(text: String, said: String) {
        #expect(spoken(text, language: "zh") == said)
    }
}
