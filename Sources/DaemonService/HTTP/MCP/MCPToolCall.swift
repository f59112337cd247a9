// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import Hummingbird
import Pipeline
import Utterance

/// Carries out a call of a tool. If the client hangs up meanwhile, the answer that it waits for is stopped.
struct MCPToolCall {
    let backend: HTTPBackend
    let request: Request

    /// - Returns: the tool's result. If the call fails, the result says why, so that a model can read it.
    /// - Throws: `CancellationError`; what has no meaning for the client.
    func run(_ tool: MCPTool, _ arguments: JSONValue) async throws -> JSONValue {
        do {
            guard case .object(let values) = arguments else { throw InvalidRequest("arguments has to be an object.") }
            if let unknown = values.keys.sorted().first(where: { tool.parameters[$0] == nil }) {
                let names = tool.parameters.keys.sorted().joined(separator: ", ")
                throw InvalidRequest(unknown, "is not a parameter of \(tool.rawValue), which takes: \(names).")
            }
            var fields = RequestFields(values)
            return try await run(tool, &fields)
        } catch {
            guard let failure = APIError(for: error) else { throw error }
            return Self.result([failure.message], isError: true)
        }
    }

    private func run(_ tool: MCPTool, _ fields: inout RequestFields) async throws -> JSONValue {
        switch tool {
        case .say: return try await say(&fields, .normal)
        case .announce: return try await say(&fields, .important)
        case .ask: return try await ask(&fields)
        case .stop:
            let answer = try fields.text("answer")
            let stopped = await backend.scheduler.stop(answer)
            let isNone = stopped.isEmpty
            return Self.result([isNone ? "Nothing was being said." : "Stopped: \(stopped.joined(separator: ", "))."])
        case .status:
            return Self.result([String(decoding: try JSON.encode(await backend.status), as: UTF8.self)])
        }
    }

    private func say(_ fields: inout RequestFields, _ priority: Priority) async throws -> JSONValue {
        let waits = try fields.flag("wait") ?? false
        var say = try SayRequest(&fields, limit: backend.limits.promptCharacters)
        say.delivery.priority = priority
        let admission = try await backend.say(say)
        if let notice = admission.notice { return Self.result([notice.message]) }
        guard waits else { return Self.result(["Answer \(admission.answer) is being said, or waits its turn."]) }
        let result = try await outcome(of: admission)
        if case .finished = result.ending { return Self.result(["It was heard."]) }
        return Self.result(result)
    }

    private func ask(_ fields: inout RequestFields) async throws -> JSONValue {
        var ask = try AskRequest(&fields, limit: backend.limits.promptCharacters)
        ask.delivery.wantsText = true
        let result = try await outcome(of: try await backend.ask(ask))
        return Self.result(result)
    }

    private func outcome(of admission: Admission) async throws -> AnswerResult {
        try await backend.whileConnected(to: request, stopping: admission) { try await admission.result.value() }
    }

    private static func result(_ answer: AnswerResult) -> JSONValue {
        switch answer.ending {
        case .finished: return result([answer.text])
        case .stopped:
            let heard = answer.heard
            return result([answer.text, heard.isEmpty ? "Nothing of it was heard." : "It was heard up to: \(heard)"])
        case .failed(let fault): return result([answer.text, fault.message], isError: true)
        }
    }

    private static func result(_ texts: [String], isError: Bool = false) -> JSONValue {
        let content = texts.filter { !$0.isEmpty }.map { text -> JSONValue in ["type": "text", "text": .string(text)] }
        return ["content": .array(content), "isError": .bool(isError)]
    }
}
