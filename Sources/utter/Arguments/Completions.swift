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

/// The values that a shell offers for an option, looked up when Tab is pressed. What can't be found is not offered.
enum Completions {
    static let voices = CompletionKind.custom { _, _, _ in
        let environment = ProcessEnvironment.variables
        guard let engine = try? await SpeechEngines.start(settings ?? Settings(), environment: environment) else {
            return []
        }
        await engine.refreshVoices()
        return ["auto"] + Set(engine.voices.map(\.shortName)).sorted()
    }

    static let devices = CompletionKind.custom { _, _, _ in
        PlaybackDevices.list().map(\.name)
    }

    static let models = CompletionKind.custom { _, _, _ in
        let server = try? settings?.modelServer(environment: ProcessEnvironment.variables)
        let installed = try? await server?.installedModels()
        return installed?.map(\.name) ?? []
    }

    static let personas = CompletionKind.custom { _, _, _ in
        settings?.personas.keys.sorted() ?? []
    }

    static let sessions = CompletionKind.custom { _, _, _ in
        (try? await daemon?.sessions()) ?? []
    }

    /// The answers that are speaking or waiting.
    static let answers = CompletionKind.custom { _, _, _ in
        guard let status = try? await daemon?.status() else { return [] }
        return [status.speaking].compactMap(\.self) + status.waiting + status.suspended
    }

    private static var settings: Settings? {
        try? Settings.load(explicitPath: nil, environment: ProcessEnvironment.variables)
    }

    private static var daemon: DaemonClient? {
        try? DaemonClient.find(in: ProcessEnvironment.variables)
    }
}
