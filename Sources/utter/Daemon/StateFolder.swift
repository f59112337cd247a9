// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the daemon keeps what it has to remember by itself.
enum StateFolder {
    /// `$STATE_DIRECTORY` (systemd's `StateDirectory=`), else `utter` in `$XDG_STATE_HOME` or `~/.local/state` (XDG Base
    /// Directory Specification).
    ///
    /// - Returns: `nil` where no home is known.
    static func path(in environment: [String: String]) -> String? {
        // Of several folders the first: systemd puts colons between them.
        if let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first { return String(folder) }
        if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") { return "\(folder)/utter" }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/.local/state/utter" }
    }
}
