// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import Settings
import Utterance
import VoiceServers

extension Doctor {
    /// Loading a model takes a while.
    private static let limit = Duration.seconds(60)

    /// An examination for each voice server.
    var voiceServers: [Examination] {
        guard !settings.speech.voiceServers.isEmpty else {
            return [
                Examination("voice server") {
                    guard let found = await FoundVoiceServer.find().first else {
                        return .good("none; eSpeak NG speaks")
                    }
                    return .good("none, but one answers at \(found.url): utter setup uses it")
                }
            ]
        }
        do {
            let servers = try settings.voiceServers(environment: ProcessEnvironment.variables)
            return servers.map { server in Examination("voice server") { try await examine(server) } }
        } catch {
            return [Examination("voice server") { throw error }]
        }
    }

    private func examine(_ server: VoiceServer) async throws -> Finding {
        let place = "\(server.name) at \(server.address)"
        do {
            let languages = try await server.trial(within: Self.limit)
            guard !languages.isEmpty else {
                return .fair("\(place) has voices of several languages; set its voice, or languages, to have it used")
            }
            let voice = server.voice ?? "its own voice"
            return .good("\(place), \(voice) reads \(languages.joined(separator: ", "))")
        } catch let failure as VoiceServerFailure {
            return .fair("\(place) does not speak (\(failure.reason)); eSpeak NG speaks in its place")
        }
    }
}
