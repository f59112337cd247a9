// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import HTTP
import Settings
import Utterance

/// A command that reports an error as one sentence on standard error and an exit code.
protocol FaultReportingCommand: AsyncParsableCommand {
    func execute() async throws
}

extension FaultReportingCommand {
    func run() async throws {
        ProcessSignals.ignoreBrokenPipes()
        limitNetworkThreads()
        do {
            try await execute()
        } catch let fault as Fault {
            Console.tell(fault.shown)
            throw ExitCode(ExitStatus.of(fault))
        } catch let error as SettingsError {
            if Bilingual.ofLocale.isChinese { Console.tell("配置有误：") }
            for problem in error.problems {
                // A position in a file begins the line, as with compilers.
                if problem.place == nil { Console.tell(problem.message) } else { Console.say("\(problem)\n") }
            }
            throw ExitCode(ExitStatus.configuration)
        }
    }
}

/// Exit codes, as in `sysexits.h`.
enum ExitStatus {
    static let success: Int32 = 0
    static let usage: Int32 = 64
    static let input: Int32 = 65
    static let inputFile: Int32 = 66
    static let unavailable: Int32 = 69
    static let software: Int32 = 70
    static let cannotCreate: Int32 = 73
    static let inputOutput: Int32 = 74
    static let configuration: Int32 = 78
    static let interrupted: Int32 = 130
    static let terminated: Int32 = 143

    static func of(_ fault: Fault) -> Int32 {
        switch fault.code {
        case .usage, .voiceUnknown: usage
        case .inputInvalid, .soundInvalid: input
        case .inputUnreadable: inputFile
        case .configurationInvalid: configuration
        case .outputUnwritable: cannotCreate
        case .outputFailed: inputOutput
        case .internalError, .speechFailed: software
        case .modelUnreachable, .modelSilent, .modelStalled, .modelNotFound, .modelNoneInstalled, .modelRefused,
            .modelUnauthorized, .modelBusy, .modelOutOfMemory, .modelFailed, .modelProtocol, .modelTruncated,
            .answerEmpty, .answerOnlyReasoning, .deviceUnknown, .deviceMissing, .deviceBusy, .deviceFailed,
            .speakerBusy, .quietHours, .queueFull, .daemonStopping, .daemonUnreachable:
            unavailable
        }
    }
}
