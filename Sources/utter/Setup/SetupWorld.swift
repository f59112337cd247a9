// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import LanguageModel
import Pipeline
import Playback
import Settings
import Speech
import Utterance

/// What setup uses of the machine.
struct SetupWorld: Sendable {
    /// The model servers to try, in this order.
    var servers: @Sendable (Settings) throws -> [ModelServer]
    var devices: @Sendable () -> [PlaybackDevice]
    /// Speaks a text on the settings' device; returns the fault if the device can't be opened.
    var speak: @Sendable (_ text: String, Settings) async throws -> Fault?
    var pull: @Sendable (ModelServer, _ model: String) async throws -> Void
    /// The voice servers that respond.
    var voiceServers: @Sendable () async -> [FoundVoiceServer] = { [] }
}

extension SetupWorld {
    /// A running server lists its models at once.
    static let limits = ModelServer.Limits(connect: .seconds(3))

    /// This machine.
    static let machine = SetupWorld(
        servers: { settings in
            let named = try settings.modelServer(environment: ProcessEnvironment.variables).map { server in
                var configuration = server.configuration
                configuration.limits = limits
                return ModelServer(configuration)
            }
            if settings.namesServer { return [named].compactMap(\.self) }
            let llamaCpp = try ServerAddress("http://127.0.0.1:8080")
            return [named, ModelServer(.init(provider: .openAI, address: llamaCpp, limits: limits))]
                .compactMap(\.self)
        },
        devices: PlaybackDevices.list,
        speak: speak,
        pull: { try await PullRun(server: $0, model: $1).pull() },
        voiceServers: FoundVoiceServer.find)

    private static func speak(_ text: String, _ settings: Settings) async throws -> Fault? {
        var parameters = settings.answerParameters(for: nil)
        parameters.signals.speaksFaults = false
        // Only this device, and without waiting for it.
        var playback = settings.playbackParameters()
        (playback.fallbacks, playback.deviceWait) = ([], .zero)
        let player = Player(
            engine: try await SpeechEngines.start(settings, environment: ProcessEnvironment.variables),
            output: ALSAOutput(playback))
        let answer = LocalAnswer(source: InputSource.text(text), player: player, parameters: parameters)
        let (stop, stopper) = AsyncStream.makeStream(of: Never.self)
        defer { stopper.finish() }
        let ending = await answer.run(until: stop) { _ in }
        try Task.checkCancellation()
        guard case .failed(let fault) = ending else { return nil }
        return fault
    }
}
