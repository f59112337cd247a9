// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser

/// Which of the daemon's conversations is meant.
struct SessionArguments: ParsableArguments {
    @Option(help: "The daemon's conversation; none: for ask the one called default, for chat a new one.")
    var session: String?

    /// The options that were given.
    var given: [String] { session == nil ? [] : ["--session"] }
}
