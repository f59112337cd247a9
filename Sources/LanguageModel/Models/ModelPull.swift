// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// A line of Ollama's progress while it pulls a model.
package struct PullStatus: Sendable, Hashable {
    /// For example `pulling dde5aa3fc5ff` or `verifying sha256 digest`.
    package var status: String
    /// The file being downloaded; `nil` between files.
    package var digest: String?
    /// The size of that file in bytes.
    package var total: Int?
    /// Bytes of it that have arrived. May decrease if a part has to be downloaded again.
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
    /// Makes Ollama pull a model from its library. Cancelling the task stops it; a later pull continues from there.
    ///
    /// - Parameter deliver: called with the progress, about 16 times per second.
    /// - Returns: once the server has reported success.
    /// - Throws: a `Fault`; `CancellationError`; the error of `deliver`.
    package func pull(_ model: String, deliver: @escaping @Sendable (PullStatus) async throws -> Void) async throws {
        let failures = PullFailures(
            model: model,
            mapper: FaultMapper(provider: configuration.provider, address: configuration.address, model: model))
        guard configuration.provider.managesModels else { throw failures.impossible }
        let order: JSONValue = ["model": .string(model), "stream": true]
        let request = try request(configuration.address.ollama("/api/pull"), posting: JSON.encode(order))
        let watch = StallWatch(clock: clock)
        do {
            try await watch.watching { try await receivePull(request, watch, failures, deliver: deliver) }
        } catch let stall as StallWatch.Stall {
            throw failures.stalled(stall.limit)
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
            throw failures.mapper.fault(failure)
        }
        guard reply.status == 200 else { throw failures.fault(try await serverError(of: reply)) }
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
                    case .failed(let serverError): throw failures.fault(serverError)
                    case .status(let status):
                        try await deliver(status)
                        // During a download, lines keep coming. Before and after, the server may be busy for minutes.
                        limit = status.digest == nil ? limits.firstToken : limits.idle
                    }
                }
            }
        } catch is ConnectionFailure {
            throw failures.cut
        }
    }
}

/// The meaning of a line of the reply.
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

/// How a pull can fail. The server always keeps what has arrived.
private struct PullFailures {
    let model: String
    let mapper: FaultMapper

    var impossible: Fault {
        Fault(.usage, "Only Ollama can pull models; install models for this server with its own tools.")
    }

    var cut: Fault {
        Fault(
            .modelTruncated,
            "Ollama hung up before \(model) was complete: check that it is running, and pull again; it continues from "
                + "where it was.")
    }

    func stalled(_ limit: Duration) -> Fault {
        Fault(
            .modelStalled,
            "Nothing of \(model) arrived for \(limit.spoken): check the network, and pull again; it continues from where it "
                + "was.")
    }

    func fault(_ serverError: ServerError) -> Fault {
        let message = serverError.message.lowercased()
        if message.contains("file does not exist") || message.contains("invalid model name") {
            return Fault(
                .modelNotFound,
                "There is no model \"\(model)\" in Ollama's library: look for its name at https://ollama.com/library.")
        }
        if message.contains("no space left") {
            return Fault(
                .modelFailed, "The disk is full where Ollama keeps its models: make room for \(model), and pull again.")
        }
        if serverError.status != nil { return mapper.fault(serverError) }
        return Fault(
            .modelFailed,
            "Ollama could not pull \(model) (\(serverError.message)): check the network of the machine it runs on, and "
                + "pull again; it continues from where it was.")
    }
}
