// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension ValueForm<QuietHours> {
    static let quietHours = ValueForm(
        expected: "hours such as \"22:00-07:00\"",
        read: { $0.text.flatMap(QuietHours.init) },
        write: { $0.description.quotedForYAML })
}
