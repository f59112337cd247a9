// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials

/// The process's environment variables.
enum ProcessEnvironment {
    static let variables = ProcessInfo.processInfo.environment
}
