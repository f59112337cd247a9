// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// Symbols that are not said by their names.
@Suite struct SymbolsTests {
    @Test(
        "Angles and slashes",
        arguments: [
            ("<< Text here >> is shown.", "Text here is shown."), ("File > Open > Recent", "File, Open, Recent"),
            ("Go front left / back right, In/Out and and/or.", "Go front left, back right, In Out and and or."),
            ("cat file >> log", "cat file log"), ("yes / no", "yes, no"),
            ("Settings > Wi-Fi > Advanced", "Settings, Wi-Fi, Advanced"),
            ("<<<", ""), (">>> hello", "hello"), ("Go to Tools > Options.", "Go to Tools, Options."),
            ("A / B testing", "A, B testing"),
            ("x > y", "x greater than y"), ("y > 3", "y greater than three"),
        ])
    func angles(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Ratings, ratios, seasons and dates",
        arguments: [
            (
                "On 03/04/2025, ratio 16:9, rated 4.5/5, season 2024/25.",
                "On March fourth, two thousand twenty five, ratio sixteen to nine, rated four point five out of five, season two thousand twenty four twenty five."
            ),
            ("a 4:3 screen", "a four to three screen"), ("They won 3:1.", "They won three to one."),
            ("Mix it 1:2.", "Mix it one to two."),
            ("an aspect ratio of 16:10", "an aspect ratio of sixteen to ten"),
            ("scored 8/10", "scored eight out of ten"),
            ("3.5/5 stars", "three point five out of five stars"),
            ("1/2/2025", "January second, two thousand twenty five"),
            ("the 1998/99 season", "the nineteen ninety eight ninety nine season"),
            ("at 10:30", "at ten thirty"), ("A rating of 9/10", "A rating of nine out of ten"),
            ("I give it 7/10.", "I give it seven out of ten."),
        ])
    func figures(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Per",
        arguments: [
            (
                "Section G.2 asks for 20 litres/day at 3 m³/hr.",
                "Section G.2 asks for twenty litres per day at three cubic meters per hour."
            ),
            ("500 words/minute", "five hundred words per minute"), ("3 requests/second", "three requests per second"),
            ("two glasses/day", "two glasses per day"), ("10 hours/week", "ten hours per week"),
            ("miles/hour", "miles per hour"),
            ("40 dollars/person", "40 dollars per person"), ("day/night cycle", "day night cycle"),
            ("5 kg/week", "five kilograms per week"),
        ])
    func per(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Check marks",
        arguments: [
            ("√ Open", "Open"), ("× Close", "Close"), ("✓ done", "done"), ("√2", "the square root of two"),
            ("3 × 4", "three times four"), ("✗ failed", "failed"), ("Passed √", "Passed"),
        ])
    func marks(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Chinese",
        arguments: [
            ("√ 打开", "打开"), ("× 关闭", "关闭"), ("√打开", "打开"), ("×关闭", "关闭"), ("√2是无理数", "根号二是无理数"), ("3×4", "三乘四"),
            ("正确√，错误×。", "正确，错误。"),
            ("设置 > 通用 > 关于", "设置，通用，关于"), ("文件 > 打开", "文件，打开"), ("甲 / 乙", "甲，乙"), ("3 > 2", "三大于二"),
            ("x > 5时", "x大于五时"), ("<<标题>>", "标题"),
            ("每天20升/天", "每天二十升每天"), ("60字/分钟", "六十字每分钟"), ("3次/秒", "三次每秒"), ("16:9的屏幕", "十六比九的屏幕"), ("200元/人", "二百元每人"),
            ("评分4.5/5", "评分四点五，满分五"), ("2024/25赛季", "二零二四到二五赛季"), ("03/04/2025", "二零二五年三月四日"),
        ])
    func chinese(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "Other languages",
        arguments: [
            ("20 Liter/Tag", "20 Liter pro Tag", "de"), ("16:9", "16 zu 9", "de"),
            ("Datei > Öffnen", "Datei, Öffnen", "de"), ("ja / nein", "ja, nein", "de"),
            ("20 litres/jour", "20 litres par jour", "fr"), ("le 03/04/2025", "le 3 avril 2025", "fr"),
            ("20 litros/día", "20 litros por día", "es"),
            ("el 03/04/2025", "el 3 de abril de 2025", "es"), ("20 litri/giorno", "20 litri al giorno", "it"),
            ("il 03/04/2025", "il 3 aprile 2025", "it"),
            ("em 03/04/2025", "em 3 de abril de 2025", "pt"), ("20 litros/dia", "20 litros por dia", "pt"),
            ("20 литров/день", "20 литров в день", "ru"),
            ("√ Öffnen", "Öffnen", "de"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }
}
