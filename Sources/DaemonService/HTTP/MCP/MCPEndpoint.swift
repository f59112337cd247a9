// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Utterance

/// The Model Context Protocol over HTTP: tools that let a program with a language model use the device.
///
/// Each POST is one message and gets its reply as JSON. There are no sessions, and the daemon sends nothing unasked, as the
/// protocol's "Streamable HTTP" transport allows.
struct MCPEndpoint: Sendable {
    let backend: HTTPBackend

    /// The newest first. They differ in nothing that these tools use.
    private static let versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
    private static let versionHeader = HTTPField.Name("MCP-Protocol-Version")

    func add(to router: ServiceRouter) {
        router.add("/mcp", [.post: { request, _ in try await answer(request) }])
    }

    private func answer(_ request: Request) async throws -> Response {
        var request = request
        guard request.mediaType == "application/json" else { throw APIError.notJSON }
        if let name = Self.versionHeader, let version = request.headers[name], !Self.versions.contains(version) {
            throw APIError.invalid("This version of the protocol is unknown; use \(Self.versions[0]).")
        }
        let bytes = try await request.bytes(backend)
        let call: RPCRequest
        do throws(RPCError) {
            guard let parsed = try RPCRequest(parsing: bytes) else { return Response(status: .accepted) }
            call = parsed
        } catch {
            return .json(error.reply(to: nil), status: .badRequest)
        }
        do {
            var response = Response.json(call.reply(try await result(of: call, request)))
            // A call that waits watches whether the client hangs up, so no further request on this connection is read.
            if call.method == "tools/call" { response.headers[.connection] = "close" }
            return response
        } catch let error as RPCError {
            return .json(error.reply(to: call.id))
        }
    }

    private func result(of call: RPCRequest, _ request: Request) async throws -> JSONValue {
        switch call.method {
        case "initialize": return greeting(call.parameters["protocolVersion"]?.text)
        case "ping": return [:]
        case "tools/list": return ["tools": .array(MCPTool.allCases.map(\.description))]
        case "tools/call":
            let name = call.parameters["name"]?.text ?? ""
            guard let tool = MCPTool(rawValue: name) else {
                let names = MCPTool.allCases.map(\.rawValue).joined(separator: ", ")
                throw RPCError(.invalidParameters, "There is no tool \(name); there are: \(names).")
            }
            return try await MCPToolCall(backend: backend, request: request)
                .run(tool, call.parameters["arguments"] ?? [:])
        default: throw RPCError(.unknownMethod, "There is no method \(call.method).")
        }
    }

    /// - Parameter version: the one that the client would like.
    private func greeting(_ version: String?) -> JSONValue {
        let version = version.flatMap { Self.versions.contains($0) ? $0 : nil } ?? Self.versions[0]
        return [
            "protocolVersion": .string(version),
            "capabilities": ["tools": [:]],
            "serverInfo": ["name": "utter", "title": "Utter", "version": .string(backend.information.version)],
            "instructions": .string(
                """
                A loudspeaker with a voice, in a room with people. Speak to them in short, complete sentences without \
                markup. One request sounds at a time; the others wait their turn.
                """),
        ]
    }
}
