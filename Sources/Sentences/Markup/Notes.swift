// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Notes that are said in place of what is not read aloud.
enum Notes {
    static func codeBlock(in language: String) -> String {
        language == "en" ? "Code block." : code[language.primaryLanguage] ?? "Code block."
    }

    static func table(in language: String) -> String {
        language == "en" ? "Table." : table[language.primaryLanguage] ?? "Table."
    }

    private static let code = [
        "en": "Code block.", "zh": "代码略。", "cmn": "代码略。", "yue": "代码略。", "ja": "コードは省略します。",
        "ko": "코드는 생략합니다.", "de": "Code ausgelassen.", "fr": "Code omis.", "es": "Código omitido.",
        "it": "Codice omesso.", "pt": "Código omitido.", "ru": "Код пропущен.",
    ]

    private static let table = [
        "en": "Table.", "zh": "表格略。", "cmn": "表格略。", "yue": "表格略。", "ja": "表は省略します。",
        "ko": "표는 생략합니다.", "de": "Tabelle ausgelassen.", "fr": "Tableau omis.", "es": "Tabla omitida.",
        "it": "Tabella omessa.", "pt": "Tabela omitida.", "ru": "Таблица пропущена.",
    ]
}
