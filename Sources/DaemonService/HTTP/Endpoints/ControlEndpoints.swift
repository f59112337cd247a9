// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import HTTPTypes
import Hummingbird
import Speech
import Utterance

/// Stops, pauses and changes how the device sounds, and reports its state.
struct ControlEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.add("/v1/stop", [.post: { request, _ in try await stop(request) }])
        router.add(
            "/v1/pause", [.post: { request, _ in try await changePause(request) { await $0.pause() } }])
        router.add(
            "/v1/resume", [.post: { request, _ in try await changePause(request) { await $0.resume() } }])
        router.add(
            "/v1/status",
            [
                .get: { _, _ in .json(await backend.status) },
                .put: { request, _ in try await change(request) },
            ])
    }

    private func stop(_ request: Request) async throws -> Response {
        var request = request
        var fields = try await request.fields(backend)
        // A client that lost the name must not stop everything.
        if fields.rest["answer"] == .null {
            throw InvalidRequest("answer", "has to be a string; leave it out to stop all.")
        }
        let answer = try fields.text("answer")
        try fields.end()
        return .json(StopReply(stopped: await backend.scheduler.stop(answer)))
    }

    private func changePause(
        _ request: Request, _ change: @Sendable (SpeechScheduler) async -> String?
    ) async throws -> Response {
        var request = request
        try await request.fields(backend).end()
        return .json(PauseReply(answer: await change(backend.scheduler)))
    }

    /// A field that is left out stays as it is; null resets it to the settings' value.
    private func change(_ request: Request) async throws -> Response {
        var request = request
        let values = try await request.fields(backend).rest
        try await backend.scheduler.changeControls { try $0.changed(by: values) }
        return .json(await backend.status)
    }
}

extension HTTPBackend {
    package var status: DaemonStatus {
        get async {
            let status = await scheduler.status
            let configured = await scheduler.configured.map {
                DaemonStatus.Configured(volume: $0.volume, rate: $0.rate, voice: $0.voice)
            }
            return DaemonStatus(
                speaking: status.speaking, prompt: status.prompt, paused: status.isPaused, waiting: status.waiting,
                suspended: status.suspended, controls: await scheduler.controls, configured: configured,
                sessions: await scheduler.listedSessions.count, model: information.model(),
                modelServer: information.modelServer(), speaker: information.speaker(),
                missing: information.missing(), broker: information.broker(), version: information.version,
                uptime: Int(start.duration(to: clock.now).inSeconds), finished: status.counts.finished,
                stopped: status.counts.stopped, failed: status.counts.failed)
        }
    }
}
