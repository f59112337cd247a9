// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Utterance

/// What changes how the device sounds, and tells how it does.
struct ControlEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.endpoint("/v1/stop", [.post: { request, _ in try await stop(request) }])
        router.endpoint(
            "/v1/pause", [.post: { request, _ in try await hold(request) { await $0.pause() } }])
        router.endpoint(
            "/v1/resume", [.post: { request, _ in try await hold(request) { await $0.resume() } }])
        router.endpoint(
            "/v1/status",
            [
                .get: { _, _ in await status() },
                .put: { request, _ in try await change(request) },
            ])
    }

    private struct Stopped: Encodable {
        var stopped: [String]
    }

    private struct Held: Encodable {
        var answer: String?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            // null, too, is said.
            try container.encode(answer, forKey: .answer)
        }

        private enum CodingKeys: CodingKey { case answer }
    }

    private func stop(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        let answer = try members.text("answer")
        try members.end()
        return .json(Stopped(stopped: await backend.speaker.stop(answer)))
    }

    private func hold(
        _ request: Request, _ change: @Sendable (Speaker) async -> String?
    ) async throws -> Response {
        var request = request
        try await request.members(backend).end()
        return .json(Held(answer: await change(backend.speaker)))
    }

    private func status() async -> Response {
        let speaker = backend.speaker
        return .json(
            StatusReply(
                status: await speaker.status, controls: await speaker.controls, configured: await speaker.configured,
                sessions: await speaker.listedSessions.count, model: backend.information.model(),
                missing: backend.information.missing(), version: backend.information.version,
                uptime: backend.start.duration(to: backend.clock.now)))
    }

    /// What is left out stays; null is as the settings say.
    private func change(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        let values = members.rest()
        do {
            try await backend.speaker.changeControls { try $0.changed(by: values) }
        } catch let fault as Fault {
            throw APIError(fault)
        }
        return await status()
    }
}
