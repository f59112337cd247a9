// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Utterance

struct DoctorCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Check configuration, model server, model, voice, sound device and daemon, and say what to do about each.")

    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        var settings = model.apply(to: try config.load())
        try sound.apply(to: &settings)
        let doctor = Doctor(settings: settings)
        var faults: Set<Fault> = []
        for examination in doctor.examinations {
            let finding = await examination.examine()
            try Console.write(finding.line(about: examination.subject, after: faults))
            if case .bad(let fault) = finding { faults.insert(fault) }
        }
        if !faults.isEmpty { throw ExitCode(ExitStatus.unavailable) }
    }
}
