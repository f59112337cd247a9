// SPDX-License-Identifier: GPL-3.0-or-later

extension StringProtocol {
    /// Without blanks and line ends at either end.
    package var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
