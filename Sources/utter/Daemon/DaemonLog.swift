// SPDX-License-Identifier: GPL-3.0-or-later
import Host
import Logging
import Service
import Settings

/// The daemon's log: lines on standard error, for the journal where that reads them.
enum DaemonLog {
    static func make(_ level: Settings.Log.Level, environment: [String: String]) -> Logger {
        let style = LogLines.Style.of(environment: environment)
        return Logger(label: "utter") { _ in LogLines(style, level: level.ofLogger) }
    }
}

extension Settings.Log.Level {
    fileprivate var ofLogger: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}
