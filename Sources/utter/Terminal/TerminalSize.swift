// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Of the terminal behind standard output.
struct TerminalSize: Equatable {
    var columns: Int
    var rows: Int

    /// 80 by 24 if it is not known.
    static var current: TerminalSize {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return TerminalSize(columns: 80, rows: 24)
        }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}
