// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the configuration, or show the settings in effect.",
        subcommands: [Check.self, Show.self])

    struct Check: FaultReportingCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the configuration strictly, and list every problem.")
        @OptionGroup var config: ConfigArguments

        func execute() async throws {
            let settings = try config.load()
            try Console.write("\(settings.file ?? "No file; the defaults"): valid.\n")
        }
    }

    struct Show: FaultReportingCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every setting in effect and where it comes from, as YAML.")
        @OptionGroup var config: ConfigArguments

        func execute() async throws {
            try Console.write(try config.load().rendered())
        }
    }
}
