// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
import Utterance

/// Chooses between English and Chinese by the user's locale.
struct Bilingual: Equatable {
    var isChinese: Bool

    init(isChinese: Bool) {
        self.isChinese = isChinese
    }

    init(_ settings: Settings) {
        isChinese = settings.localeLanguage == "zh" || settings.localeLanguage.hasPrefix("zh-")
    }

    /// By the locale of this process's messages.
    static let ofLocale = Bilingual(environment: ProcessEnvironment.variables)

    /// The locale as POSIX finds it: the first of these variables that is set.
    init(environment: [String: String]) {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        isChinese = locale.primaryLanguage == "zh"
    }

    func callAsFunction(_ english: String, _ chinese: String) -> String {
        isChinese ? chinese : english
    }
}
