// SPDX-License-Identifier: GPL-3.0-or-later

/// Names of answers: short, unique on this machine for all practical purposes.
package enum AnswerID {
    package static func make() -> String {
        String(UInt64.random(in: 0..<1 << 40), radix: 36)
    }
}
