// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// The language alone of a BCP 47 tag or a locale's name: `pt` of `pt-BR` and of `pt_BR`.
    package var primaryLanguage: String {
        prefix { $0 != "-" && $0 != "_" }.lowercased()
    }
}
