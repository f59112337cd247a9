// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import Speech

/// What requests and controls may name: voices and personas.
struct ChoiceEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.endpoint("/v1/voices", [.get: { _, _ in await voices() }])
        router.endpoint("/v1/personas", [.get: { _, _ in await personas() }])
    }

    private struct VoiceList: Encodable {
        struct Entry: Encodable {
            var name: String
            var identifier: String
            var language: String
            var gender: Voice.Gender
        }

        var voices: [Entry]
    }

    private struct PersonaList: Encodable {
        struct Entry: Encodable {
            var name: String
        }

        var personas: [Entry]
    }

    private func voices() async -> Response {
        let voices = await backend.speaker.parts.voices
        return .json(
            VoiceList(
                voices: voices.map {
                    .init(name: $0.name, identifier: $0.identifier, language: $0.language, gender: $0.gender)
                }))
    }

    private func personas() async -> Response {
        .json(PersonaList(personas: await backend.speaker.parts.personas.map(PersonaList.Entry.init)))
    }
}
