// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// Sends a request, and waits for the head of the reply.
///
/// Ollama sends nothing, not even a status line, while it queues the question, loads the model and reads the question.
/// That may take minutes, and hanging up aborts the load. So the wait is long, and meanwhile `/api/ps` shows what is
/// going on.
struct RequestAttempt: Sendable {
    let server: ModelServer
    let mapper: FaultMapper
    /// Whether the connection was reported. That happens once, however often the question is asked.
    private var hasAnnounced = false

    init(server: ModelServer, mapper: FaultMapper) {
        self.server = server
        self.mapper = mapper
    }

    /// Seconds between two probes of a silent server.
    private static let probeInterval = 10
    /// After this many failed probes in a row, the server counts as gone.
    private static let probeLimit = 3

    private enum Step: Sendable {
        case connected
        case second
        case probed(Probe)
        case reply(HTTPReply)
    }

    /// Sends the request.
    ///
    /// - Throws: a `Fault`; `CancellationError`; the error of `deliver`.
    mutating func open(
        _ request: HTTPRequest, deliver: @Sendable (ModelEvent) async throws -> Void
    ) async throws -> HTTPReply {
        let (server, mapper) = (server, mapper)
        let (connection, announcement) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: Step.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                do {
                    return .reply(try await server.client.send(request) { announcement.finish() })
                } catch let failure as ConnectionFailure {
                    throw mapper.fault(failure)
                }
            }
            group.addTask {
                for await _ in connection {}
                return .connected
            }
            group.addTask { try await Self.second(server.clock) }

            var wait = Wait(since: server.clock.now, limit: server.configuration.limits.connect)
            while let step = try await group.next() {
                switch step {
                case .reply(let reply):
                    try await announce(deliver)
                    return reply
                case .connected:
                    try Task.checkCancellation()
                    wait = Wait(
                        since: server.clock.now, limit: server.configuration.limits.firstToken, isConnected: true)
                    try await announce(deliver)
                case .second:
                    let waited = wait.since.duration(to: server.clock.now)
                    if let limit = wait.limit, waited >= limit {
                        throw wait.isConnected ? Fault.silent(limit) : mapper.connectTimeout(limit)
                    }
                    if wait.isConnected, mapper.dialect.managesModels, waited >= wait.nextProbe {
                        wait.nextProbe = waited + .seconds(Self.probeInterval)
                        group.addTask { .probed(try await server.probe(mapper.model)) }
                    }
                    group.addTask { try await Self.second(server.clock) }
                case .probed(.silence):
                    wait.failures += 1
                    if wait.failures == Self.probeLimit { throw mapper.vanished }
                case .probed(.refusal):
                    wait.failures = 0
                case .probed(.state(let state)):
                    wait.failures = 0
                    guard state != wait.state else { continue }
                    wait.state = state
                    try await deliver(.notice(mapper.notice(state)))
                }
            }
            throw CancellationError()
        }
    }

    private mutating func announce(_ deliver: @Sendable (ModelEvent) async throws -> Void) async throws {
        guard !hasAnnounced else { return }
        hasAnnounced = true
        try await deliver(.connected)
    }

    private static func second(_ clock: any MomentClock) async throws -> Step {
        try await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil)
        return .second
    }

    private struct Wait {
        let since: Moment
        let limit: Duration?
        var isConnected = false
        var nextProbe = Duration.seconds(probeInterval)
        var failures = 0
        var state: ModelState?
    }
}

/// What a silent server is doing, as far as it reports.
enum ModelState: Sendable, Hashable {
    case loading
    case loaded
}

/// The result of probing a silent server.
enum Probe: Sendable, Hashable {
    case state(ModelState)
    /// It responds, but doesn't say: a gateway may only pass on questions.
    case refusal
    case silence
}

extension ModelServer {
    /// Checks whether the model is in memory yet.
    ///
    /// - Throws: `CancellationError`.
    func probe(_ model: String) async throws -> Probe {
        do {
            return .state(try await loadedModels().contains { $0.name.isSameModel(as: model) } ? .loaded : .loading)
        } catch let fault as Fault {
            let refusals: [Fault.Code] = [.modelProtocol, .modelRefused, .modelUnauthorized]
            return refusals.contains(fault.code) ? .refusal : .silence
        }
    }
}
