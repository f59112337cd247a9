// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A request of JSON-RPC 2.0, which gets a reply.
struct RPCRequest {
    /// A string or a whole number.
    let id: JSONValue
    let method: String
    let parameters: JSONValue

    /// - Returns: `nil` for a notification or a reply, which get none.
    /// - Throws: ``RPCError`` if it is neither of these.
    init?(parsing bytes: [UInt8]) throws(RPCError) {
        guard let message = try? JSON.decode(JSONValue.self, from: bytes) else {
            throw RPCError(.notJSON, "The message is not JSON.")
        }
        // Batches were removed from the Model Context Protocol in version 2025-06-18.
        guard message["jsonrpc"] == "2.0" else {
            throw RPCError(.invalidRequest, "The message is not a single object of JSON-RPC 2.0.")
        }
        guard let method = message["method"]?.text else {
            if message["result"] != nil || message["error"] != nil { return nil }
            throw RPCError(.invalidRequest, "method is missing.")
        }
        guard let id = message["id"] else { return nil }
        switch id {
        case .string, .integer: self.id = id
        default: throw RPCError(.invalidRequest, "id has to be a string or a whole number.")
        }
        self.method = method
        parameters = message["params"] ?? [:]
    }

    func reply(_ result: JSONValue) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "result": result]
    }
}

/// What a request of JSON-RPC 2.0 is answered with if it can't be carried out.
struct RPCError: Error {
    /// From the specification.
    enum Code: Int {
        case notJSON = -32700
        case invalidRequest = -32600
        case unknownMethod = -32601
        case invalidParameters = -32602
    }

    let code: Code
    /// One sentence.
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message.printable
    }

    /// - Parameter id: the request's; `nil` if it could not be read.
    func reply(to id: JSONValue?) -> JSONValue {
        [
            "jsonrpc": "2.0", "id": id ?? .null,
            "error": ["code": .integer(code.rawValue), "message": .string(message)],
        ]
    }
}
