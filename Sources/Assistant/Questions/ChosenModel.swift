// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel
import Synchronization
package import Utterance

/// The model that answers when none is named. The choice is kept for a while and announced once, so that the daemon
/// doesn't ask the server for its list with every question.
final class ChosenModel: Sendable {
    private struct State {
        var name: String?
        var chosen = Moment(sinceZero: .zero)
        var announced: String?
        var wasFound = false
    }

    /// After this time, models that have been installed since are considered.
    private static let lifetime = Duration.seconds(600)

    private let clock: any MomentClock
    private let state = Mutex(State())

    init(clock: any MomentClock = MonotonicClock()) {
        self.clock = clock
    }

    /// - Throws: `Fault(.modelNoneInstalled)`; the error of asking the server.
    func name(on server: ModelServer) async throws -> String {
        let now = clock.now
        let known = state.withLock { $0.chosen.duration(to: now) < Self.lifetime ? $0.name : nil }
        if let known { return known }
        let model = try await server.chosenModel()
        state.withLock { ($0.name, $0.chosen, $0.wasFound) = (model.name, now, true) }
        return model.name
    }

    /// Whether a server has ever offered a model.
    var wasFound: Bool { state.withLock(\.wasFound) }

    /// The notice that announces the model; `nil` if that was already done.
    func notice(of name: String) -> Notice? {
        state.withLock { state in
            guard state.announced != name else { return nil }
            state.announced = name
            return .modelChosen(name)
        }
    }

    /// Forgets a model that failed, so that the next question chooses again.
    func forget() {
        state.withLock { $0.name = nil }
    }
}

extension ModelServer {
    /// Returns the model to ask when none was named.
    ///
    /// - Throws: `Fault(.modelNoneInstalled)`; the error of asking the server.
    package func chosenModel() async throws -> InstalledModel {
        async let loaded = loadedModels()
        let installed = try await installedModels()
        let running = (try? await loaded) ?? []
        guard let model = ModelChoice.choose(from: installed, loaded: running, memory: memory) else {
            throw Fault.noModelInstalled(at: self)
        }
        return model
    }

    /// Bytes of memory that a model may use there; `nil` on another machine.
    package var memory: Int? {
        configuration.address.isLoopback ? ModelChoice.availableMemory() : nil
    }
}

extension Notice {
    package static let modelChosenCode = "model_chosen"

    package static func modelChosen(_ name: String) -> Notice {
        Notice(modelChosenCode, "\(name) answers; choose another model with --model or model.name.")
    }
}

extension Fault {
    /// The server has no model that can answer.
    package static func noModelInstalled(at server: ModelServer) -> Fault {
        let advice =
            server.configuration.provider.managesModels
            ? "get one: utter models pull \(SmallModel.fitting(server.memory).name)" : "start the server with one."
        return Fault(
            .modelNoneInstalled, "No model that can answer is installed at \(server.configuration.address); \(advice)")
    }
}
