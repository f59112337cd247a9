// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Synchronization
import Utterance

/// Receives the body of a reply, with a time limit on every read.
struct AnswerReader: Sendable {
    let limits: ModelServer.Limits
    let clock: any MomentClock

    /// How long to wait for statistics that may follow the success.
    private static let grace = Duration.seconds(1)

    /// The progress of the answer; shared by the reading task and the one that detects a stall.
    private final class Progress: Sendable {
        private let state = Mutex((hasBegun: false, success: ModelSummary?.none))

        var hasBegun: Bool { state.withLock(\.hasBegun) }
        var success: ModelSummary? { state.withLock(\.success) }

        func begins() { state.withLock { $0.hasBegun = true } }
        func succeeds(_ summary: ModelSummary) { state.withLock { $0.success = summary } }
    }

    func receive(
        _ body: HTTPBody, with decoder: any ReplyDecoder,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let watch = StallWatch(clock: clock)
        let progress = Progress()
        do {
            return try await watch.watching { try await read(body, with: decoder, progress, watch, deliver: deliver) }
        } catch let stall as StallWatch.Stall {
            if let summary = progress.success { return summary }
            throw progress.hasBegun ? Fault.stalled(stall.limit) : Fault.silent(stall.limit)
        }
    }

    private func read(
        _ body: HTTPBody, with decoder: any ReplyDecoder, _ progress: Progress,
        _ watch: StallWatch, deliver: @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        var decoder = decoder
        let parts = body.makeAsyncIterator()
        while true {
            watch.readBegins(limit: limit(progress))
            let part: Result<[UInt8]?, any Error>
            do { part = .success(try await parts.next()) } catch { part = .failure(error) }
            watch.readEnds()
            try Task.checkCancellation()

            let bytes = try? part.get()
            for element in bytes.map({ decoder.decode($0) }) ?? decoder.end() {
                switch element {
                case .event(let event):
                    progress.begins()
                    try await deliver(event)
                case .success(let summary, isFinal: true): return summary
                case .success(let summary, isFinal: false): progress.succeeds(summary)
                case .failed(.truncated):
                    guard case .failure = part else { throw Fault.truncated }
                    throw Fault.cut
                case .failed(let fault):
                    // After a broken connection, what is left may not look like the reply of a model server.
                    if case .failure = part, fault.code == .modelProtocol { throw Fault.cut }
                    throw fault
                }
            }
        }
    }

    private func limit(_ progress: Progress) -> Duration? {
        if progress.success != nil { return Self.grace }
        return progress.hasBegun ? limits.idle : limits.firstToken
    }
}

extension Fault {
    /// The connection broke in the middle of an answer.
    static let cut = Fault(
        .modelTruncated,
        "The connection to the model server broke in the middle of the answer; what had arrived was kept. Is the server "
            + "still running?")

    static func stalled(_ limit: Duration) -> Fault {
        Fault(
            .modelStalled,
            "The model sent nothing for \(limit.spoken) in the middle of its answer; what had arrived was kept. Ask again."
        )
    }

    static func silent(_ limit: Duration) -> Fault {
        Fault(
            .modelSilent,
            "The model wrote nothing within \(limit.spoken): check the server's log, or raise "
                + "model.first_byte_timeout_s.")
    }
}

extension Duration {
    /// For use in a sentence: "500 ms", "60 s", "10 min".
    var spoken: String {
        if self < .seconds(1) { return "\(Int(inMilliseconds)) ms" }
        if self < .seconds(120) { return "\(Int(inSeconds)) s" }
        return "\(Int(inSeconds / 60)) min"
    }
}
