// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Synchronization
import TestSupport
import Utterance

/// Collects what a model delivers.
final class Listener: Sendable {
    private let state = Mutex<[ModelEvent]>([])
    /// Set when the first text comes.
    let firstText = Gate()
    let connected = Gate()
    /// Set when the first text or reasoning comes.
    let spoke = Gate()
    /// Set when the first notice comes.
    let noticed = Gate()

    var events: [ModelEvent] { state.withLock { $0 } }

    var text: String {
        events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    var thinking: String {
        events.map { if case .thinking(let text) = $0 { text } else { "" } }.joined()
    }

    var notices: [String] {
        events.compactMap { if case .notice(let notice) = $0 { notice.code } else { nil } }
    }

    @Sendable func hear(_ event: ModelEvent) async throws {
        state.withLock { $0.append(event) }
        switch event {
        case .connected: connected.open()
        case .text:
            firstText.open()
            spoke.open()
        case .thinking: spoke.open()
        case .notice: noticed.open()
        }
    }
}

extension ModelRequest {
    static let hello = ModelRequest(model: "tiny", messages: [.init(.user, "Hello")])
}

extension ModelServer {
    /// Makes a client of a fault server.
    init(
        _ server: FaultServer, _ provider: Provider = .ollama, limits: Limits = Limits(),
        clock: any MomentClock = ManualClock()
    ) throws {
        self.init(
            Configuration(provider: provider, address: try ServerAddress(server.url), limits: limits), clock: clock)
    }
}

/// Returns the fault that `body` throws; anything else fails the test.
func fault(_ body: () async throws -> some Any) async throws -> Fault {
    do {
        let value = try await body()
        throw Fault(.internalError, "No fault, but \(value)")
    } catch let fault as Fault {
        return fault
    }
}
