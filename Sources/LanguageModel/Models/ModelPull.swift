// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// A line of what Ollama tells while it fetches a model.
package struct PullStatus: Sendable, Hashable {
    /// Such as `pulling dde5aa3fc5ff` or `verifying sha256 digest`.
    package var status: String
    /// The file that is being fetched; `nil` between files.
    package var digest: String?
    /// Bytes of that file.
    package var total: Int?
    /// Bytes of it that are there; may go down, when a part has to be fetched again.
    package var completed: Int?

    package init(status: String, digest: String? = nil, total: Int? = nil, completed: Int? = nil) {
        self.status = status.printable
        self.digest = digest
        self.total = total
        self.completed = completed
    }

    init?(_ json: JSONValue) {
        guard let status = json["status"]?.text else { return nil }
        self.init(
            status: status, digest: json["digest"]?.text, total: json["total"]?.count,
            completed: json["completed"]?.count)
    }
}

extension ModelServer {
    /// Has Ollama fetch a model from its library. Cancelling the task stops it; a later pull goes on from there.
    ///
    /// - Parameter deliver: is told how far it is, about 16 times a second.
    /// - Returns: when the server's sign of success was seen.
    /// - Throws: a `Fault`; `CancellationError`; what `deliver` threw.
    package func pull(_ model: String, deliver: @escaping @Sendable (PullStatus) async throws -> Void) async throws {
        let failures = PullFailures(
            model: model,
            diagnosis: FaultMapper(provider: configuration.provider, address: configuration.address, model: model))
        guard configuration.provider.managesModels else { throw failures.impossible }
        let order: JSONValue = ["model": .string(model), "stream": true]
        let request = try request(configuration.address.ollama("/api/pull"), posting: JSON.encode(order))
        let watch = StallWatch(clock: clock)
        try await withThrowingTaskGroup(of: Duration?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await receivePull(request, watch, failures, deliver: deliver)
                return nil
            }
            group.addTask { try await watch.expiry() }
            if let limit = try await group.next() ?? nil { throw failures.stalled(limit) }
        }
    }

    private func receivePull(
        _ request: HTTPRequest, _ watch: StallWatch, _ failures: PullFailures,
        deliver: @Sendable (PullStatus) async throws -> Void
    ) async throws {
        let reply: HTTPReply
        do {
            watch.readBegins(limit: configuration.limits.firstToken)
            reply = try await client.send(request)
        } catch let failure as ConnectionFailure {
            throw failures.diagnosis.fault(failure)
        }
        guard reply.status == 200 else { throw failures.fault(try await complaint(of: reply)) }
        let limits = configuration.limits
        var lines = LineReader()
        let parts = reply.body.makeAsyncIterator()
        var limit = limits.firstToken
        do {
            while true {
                watch.readBegins(limit: limit)
                guard let bytes = try await parts.next() else { throw failures.cut }
                watch.readEnds()
                var statuses: [PullReply] = []
                try lines.read(bytes) { statuses.append(PullReply($0)) }
                for status in statuses {
                    switch status {
                    case .success: return
                    case .failed(let complaint): throw failures.fault(complaint)
                    case .status(let status):
                        try await deliver(status)
                        // While a file comes in, so do lines; before and after, the server may be busy for minutes.
                        limit = status.digest == nil ? limits.firstToken : limits.idle
                    }
                }
            }
        } catch is ConnectionFailure {
            throw failures.cut
        }
    }
}

/// What a line of the reply means.
private enum PullReply {
    case status(PullStatus)
    case success
    case failed(ServerError)

    init(_ line: [UInt8]) {
        let status = (try? JSON.object(line)).flatMap(PullStatus.init)
        self =
            switch status {
            case let status? where status.status == "success": .success
            case let status?: .status(status)
            case nil: .failed(ServerError(event: line))
            }
    }
}

/// How a pull can fail. What came is kept by the server in every case.
private struct PullFailures {
    let model: String
    let diagnosis: FaultMapper

    var impossible: Fault {
        Fault(.usage, "Only Ollama can pull models; give this server its model the way it wants it.")
    }

    var cut: Fault {
        Fault(
            .modelTruncated,
            "Ollama hung up before \(model) was complete: look whether it still runs, and pull again; it goes on from "
                + "where it was.")
    }

    func stalled(_ limit: Duration) -> Fault {
        Fault(
            .modelStalled,
            "Nothing of \(model) came for \(limit.spoken): check the network, and pull again; it goes on from where it "
                + "was.")
    }

    func fault(_ complaint: ServerError) -> Fault {
        let message = complaint.message.lowercased()
        if message.contains("file does not exist") || message.contains("invalid model name") {
            return Fault(
                .modelNotFound,
                "There is no model \"\(model)\" in Ollama's library: look for its name at https://ollama.com/library.")
        }
        if message.contains("no space left") {
            return Fault(
                .modelFailed, "The disk is full where Ollama keeps its models: make room for \(model), and pull again.")
        }
        if complaint.status != nil { return diagnosis.fault(complaint) }
        return Fault(
            .modelFailed,
            "Ollama could not fetch \(model) (\(complaint.message)): check the network of the machine it runs on, and "
                + "pull again; it goes on from where it was.")
    }
}
