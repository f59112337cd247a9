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

    /// Decided by the locale of this process's messages.
    static let ofLocale = Bilingual(environment: ProcessEnvironment.variables)

    /// Determines the locale as POSIX does: the first of these variables that is set.
    init(environment: [String: String]) {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        isChinese = locale.primaryLanguage == "zh"
    }

    func callAsFunction(_ english: String, _ chinese: String) -> String {
        isChinese ? chinese : english
    }
}
