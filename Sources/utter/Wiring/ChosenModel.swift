// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Synchronization
import Utterance

/// The model of a server that answers where none is named. It is chosen once for a while, and told of once, so that not
/// every question of the daemon's asks the server what it has.
final class ChosenModel: Sendable {
    private struct State {
        var name: String?
        var chosen = Moment(sinceZero: .zero)
        var told: String?
    }

    /// What was installed since counts after this time.
    private static let lifetime = Duration.seconds(600)

    private let clock: any MomentClock
    private let state = Mutex(State())

    init(clock: any MomentClock = MonotonicClock()) {
        self.clock = clock
    }

    /// - Throws: `Fault(.modelNoneInstalled)`; what asking the server throws.
    func name(on server: ModelServer) async throws -> String {
        let now = clock.now
        let known = state.withLock { $0.chosen.duration(to: now) < Self.lifetime ? $0.name : nil }
        if let known { return known }
        let model = try await server.chosenModel()
        state.withLock { ($0.name, $0.chosen) = (model.name, now) }
        return model.name
    }

    /// What is to be said of the model, if it was not said of it before.
    func notice(of name: String) -> Notice? {
        state.withLock { state in
            guard state.told != name else { return nil }
            state.told = name
            return .modelChosen(name)
        }
    }

    /// It failed: the next question looks for one anew.
    func forget() {
        state.withLock { $0.name = nil }
    }
}
