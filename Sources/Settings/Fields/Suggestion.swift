// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension String {
    /// `; did you mean "model"?`, or nothing.
    func suggestion(from names: some Sequence<String>) -> String {
        names.nearest(to: self).map { "; did you mean \($0.quotedForYAML)?" } ?? ""
    }
}
