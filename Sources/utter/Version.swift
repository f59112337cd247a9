// SPDX-License-Identifier: GPL-3.0-or-later

/// What `utter --version` prints.
enum Version {
    static let number = "0.1.0"
    static let description = "utter \(number)"
}
