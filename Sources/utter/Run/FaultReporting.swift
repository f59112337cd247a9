// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import HTTP
import LanguageModel
import Settings
import Utterance

/// A command whose errors become one sentence on standard error and an exit code.
protocol FaultReportingCommand: AsyncParsableCommand {
    func execute() async throws
}

extension FaultReportingCommand {
    func run() async throws {
        Signals.ignoreBrokenPipes()
        limitNetworkThreads()
        do {
            try await execute()
        } catch let fault as Fault {
            Console.say("utter: \(fault.message)\n")
            throw ExitCode(ExitStatus.of(fault))
        } catch let error as SettingsError {
            Console.say("\(error)\n")
            throw ExitCode(ExitStatus.configuration)
        }
    }
}
