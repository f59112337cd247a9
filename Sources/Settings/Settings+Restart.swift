// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// Keys that a running daemon can't take over, beside the whole section `server`: what is open stays open.
    private static let fixedKeys: Set = [
        "playback.device", "playback.buffer_ms", "playback.period_ms", "playback.keep_open_ms", "conversation.file",
        "log.level",
    ]

    /// The keys in which `other` differs and that a running daemon takes over only when it is restarted.
    package func keysForRestart(changedIn other: Settings) -> [String] {
        Self.sections.flatMap { section in
            section.fields.compactMap { field in
                let path = section.path(field)
                guard section.name == "server" || Self.fixedKeys.contains(path) else { return nil }
                return field.write(self) == field.write(other) ? nil : path
            }
        }
    }
}
