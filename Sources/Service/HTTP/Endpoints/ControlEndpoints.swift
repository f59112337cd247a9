// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import Speech
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

    private func stop(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        let answer = try members.text("answer")
        try members.end()
        return .json(StopReply(stopped: await backend.speaker.stop(answer)))
    }

    private func hold(
        _ request: Request, _ change: @Sendable (Speaker) async -> String?
    ) async throws -> Response {
        var request = request
        try await request.members(backend).end()
        return .json(PauseReply(answer: await change(backend.speaker)))
    }

    private func status() async -> Response {
        let speaker = backend.speaker
        let status = await speaker.status
        let configured = await speaker.configured.map {
            DaemonStatus.Configured(volume: $0.volume, rate: $0.rate, voice: $0.voice)
        }
        return .json(
            DaemonStatus(
                speaking: status.speaking, paused: status.isPaused, waiting: status.waiting,
                suspended: status.suspended, controls: await speaker.controls, configured: configured,
                sessions: await speaker.listedSessions.count, model: backend.information.model(),
                missing: backend.information.missing(), version: backend.information.version,
                uptime: Int(backend.start.duration(to: backend.clock.now).inSeconds), finished: status.counts.finished,
                stopped: status.counts.stopped, failed: status.counts.failed))
    }

    /// What is left out stays; null is as the settings say.
    private func change(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        let values = members.rest()
        try await backend.speaker.changeControls { try $0.changed(by: values) }
        return await status()
    }
}
