// SPDX-License-Identifier: GPL-3.0-or-later
import Settings

/// Chooses between English and Chinese by the user's locale.
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
