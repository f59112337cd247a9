// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import DaemonAPI
import DaemonClient
import LanguageModel
import Playback
import Settings
import Speech
import Utterance

struct DoctorCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Check configuration, model server, model, voice, sound device and daemon, and say how to fix each.")

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

/// Examines everything that an answer needs, in the order in which an answer uses it.
struct Doctor {
    let settings: Settings

    var examinations: [Examination] {
        [
            Examination("configuration") { .good(settings.file ?? "no file; the defaults") },
            Examination("server", server),
            Examination("model", model),
            Examination("voice", voice),
            Examination("Chinese voice", chineseVoice),
        ] + voiceServers + [
            Examination("device", device), Examination("MQTT broker", broker), Examination("daemon", daemon),
        ]
    }

    private func server() async throws -> Finding {
        guard let server = try settings.modelServer(environment: ProcessEnvironment.variables) else {
            return .good("the built-in demo")
        }
        let address = server.configuration.address
        if server.configuration.provider.managesModels {
            return try await unlessDemo("none; the built-in demo answers until Ollama runs: https://ollama.com") {
                "Ollama \(try await server.version() ?? "of an unknown version") at \(address)"
            }
        }
        return .good("\(address), \(try await server.installedModels().count) models")
    }

    private func model() async throws -> Finding {
        guard let server = try settings.modelServer(environment: ProcessEnvironment.variables) else {
            return .good(DemoModel.name)
        }
        guard let name = settings.model.name else {
            return try await unlessDemo(
                "none; with Ollama running: ollama pull \(SmallModel.fitting(server.memory).name)"
            ) {
                Notice.modelChosen(try await server.chosenModel().name).message
            }
        }
        let installed = try await server.installedModels()
        guard installed.contains(where: { $0.name.isSameModel(as: name) }) else {
            let others = installed.map(\.name).joined(separator: ", ")
            throw Fault(
                .modelNotFound,
                "\(name) is not installed: ollama pull \(name)"
                    + (others.isEmpty ? "" : ", or use one of these: \(others)."))
        }
        return .good(name)
    }

    /// - Parameter demo: reported if the demo answers because there is no server.
    private func unlessDemo(_ demo: String, _ good: () async throws -> String) async throws -> Finding {
        do { return .good(try await good()) } catch let fault as Fault
            where fault.code == .modelUnreachable && settings.fallsBackToDemo
        { return .fair(demo) }
    }

    /// The settings with only eSpeak NG: the configured voice may be a voice server's.
    private var builtIn: Settings {
        guard !settings.speech.voiceServers.isEmpty else { return settings }
        var settings = settings
        settings.speech.voiceServers = []
        settings.use(voice: "auto")
        return settings
    }

    private func voice() async throws -> Finding {
        let settings = builtIn
        let parameters = settings.voiceParameters
        let engine = try await SpeechEngines.start(settings, environment: ProcessEnvironment.variables)
        let voice = engine.voice(for: "en", parameters).voice
        let run = SpokenRun(language: parameters.language, text: "One, two, three.")
        let synthesis = try await engine.synthesize([run], parameters) { _, _, _ in true }
        guard synthesis.frames > 0 else {
            throw Fault(.speechFailed, "\(engine.name) makes no sound; raise speech.volume, or reinstall its voices.")
        }
        return .good("\(engine.name), \(voice.name)")
    }

    private func chineseVoice() async throws -> Finding {
        let settings = builtIn
        let engine = try await SpeechEngines.start(settings, environment: ProcessEnvironment.variables)
        let chosen = engine.voice(for: "zh", settings.voiceParameters)
        guard !chosen.isSubstitute else { return .fair("no voice here reads Mandarin; install espeak-ng-data") }
        return .good(chosen.voice.name)
    }

    private func device() async throws -> Finding {
        let output = ALSAOutput(settings.playbackParameters())
        do {
            try await output.open(PCMFormat(rate: 22_050))
            await output.close()
            return .good(settings.playback.device)
        } catch let fault as Fault {
            await output.close()
            let device = settings.playback.device
            if fault.code == .deviceBusy, let holder = SoundCards().holder(of: device), holder.name == "utter" {
                return .good("\(device), in use by utter itself, process \(holder.process)")
            }
            guard fault.code == .deviceMissing, device == PlaybackParameters().device else { throw fault }
            return .fair("there is no sound device; utter ask writes a WAV file then")
        }
    }

    private func daemon() async throws -> Finding {
        guard let daemon = try DaemonClient.find(in: ProcessEnvironment.variables) else {
            return .good("none; the commands speak themselves")
        }
        let status = try await daemon.status()
        guard status.version == Version.number else {
            return .fair(
                "\(status.version) runs, and this is \(Version.number); restart it: systemctl restart utter")
        }
        if let missing = status.missing { return .fair("\(daemon.socket) is not ready: \(missing.printable)") }
        return .good("\(status.version) at \(daemon.socket), ready")
    }
}

/// The result of an examination.
enum Finding {
    case good(String)
    /// Not ideal, but answers are still spoken.
    case fair(String)
    case bad(Fault)

    /// - Parameter said: faults that were already reported on earlier lines; they are not repeated.
    func line(about subject: String, after said: Set<Fault> = []) -> String {
        let subject = subject.padded(to: 14)
        return switch self {
        case .good(let text): "  ok    \(subject)\(text)\n"
        case .fair(let text): "  note  \(subject)\(text)\n"
        case .bad(let fault) where said.contains(fault): "  FAIL  \(subject)for the same reason\n"
        case .bad(let fault): "  FAIL  \(subject)\(fault.message)\n"
        }
    }
}

/// Something to examine.
struct Examination {
    var subject: String
    var examine: () async -> Finding

    /// - Parameter body: throws the problem, if there is one.
    init(_ subject: String, _ body: @escaping () async throws -> Finding) {
        self.subject = subject
        examine = {
            do {
                return try await body()
            } catch {
                return .bad(error as? Fault ?? Fault(.internalError, "Unexpected error: \(error)."))
            }
        }
    }
}
