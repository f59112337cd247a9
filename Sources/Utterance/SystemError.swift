// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// An error of a system call.
package enum SystemError {
    /// What it means, such as `No such file or directory`.
    ///
    /// - Parameter code: its number, `errno`.
    package static func text(_ code: CInt) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
