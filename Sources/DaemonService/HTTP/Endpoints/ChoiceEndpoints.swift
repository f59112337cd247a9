// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import Speech
import Utterance

/// The voices and personas that requests and controls may name.
struct ChoiceEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.add("/v1/voices", [.get: { _, _ in await voices() }])
        router.add("/v1/personas", [.get: { _, _ in await personas() }])
    }

    private func voices() async -> Response {
        let voices: [JSONValue] = await backend.scheduler.answers.voices.map { voice in
            [
                "name": .string(voice.name), "identifier": .string(voice.identifier),
                "language": .string(voice.language), "gender": .string(voice.gender.rawValue),
                "languages": .array(voice.tagsOfLanguages.map { .string($0) }),
                "server": voice.server.map { .string($0) } ?? .null,
            ]
        }
        return .json(["voices": voices])
    }

    private func personas() async -> Response {
        .json(["personas": await backend.scheduler.answers.personas.map { ["name": $0] }])
    }
}
