// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// The language of the user's locale as a BCP 47 tag: `zh_CN.UTF-8` is `zh-CN`.
    ///
    /// - Parameter environment: `LC_ALL` beats `LC_MESSAGES`, and that `LANG` (POSIX, "Environment Variables").
    /// - Returns: `nil` for `C`, `POSIX` and what is not a language.
    static func languageOfLocale(in environment: [String: String]) -> String? {
        guard let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment.named).first else {
            return nil
        }
        let tag = String(locale.prefix { $0 != "." && $0 != "@" }.map { $0 == "_" ? "-" : $0 })
        return tag.isLanguageTag ? tag : nil
    }
}
