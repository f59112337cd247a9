// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser

struct DoctorCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check configuration, model server, model, voice and sound device, and say what to do about each.")

    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        var settings = try config.load()
        try model.apply(to: &settings)
        try sound.apply(to: &settings)
        let doctor = Doctor(settings: settings)
        var isWell = true
        for examination in doctor.examinations {
            let finding = await examination.examine()
            isWell = isWell && finding.isGood
            try Console.write(finding.line(about: examination.subject))
        }
        if !isWell { throw ExitCode(ExitStatus.unavailable) }
    }
}
