// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// This machine's name.
package enum HostName {
    /// The name, perhaps with its domain; empty if it is unknown.
    package static var current: String {
        var name = [CChar](repeating: 0, count: 256)
        // The last byte stays 0: a longer name is cut without one.
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The name without its domain.
    package static var short: String { String(current.prefix { $0 != "." }) }
}
