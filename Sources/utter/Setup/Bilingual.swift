// SPDX-License-Identifier: GPL-3.0-or-later
import Settings

/// Says everything in English or in Chinese, as the user's locale is.
struct Bilingual: Equatable {
    var isChinese: Bool

    init(isChinese: Bool) {
        self.isChinese = isChinese
    }

    init(_ settings: Settings) {
        isChinese = settings.localeLanguage == "zh" || settings.localeLanguage.hasPrefix("zh-")
    }

    func callAsFunction(_ english: String, _ chinese: String) -> String {
        isChinese ? chinese : english
    }
}
