// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import LanguageModel
import Utterance

/// An error as OpenAI's clients read it: `{"error":{"message","type","code","param"}}`.
struct OpenAIError: Error {
    let status: HTTPResponse.Status
    let message: String
    let code: String
    /// The member of the request that is wrong.
    var param: String?
    var headers = HTTPFields()

    init(_ error: APIError, param: String? = nil) {
        status = error.status
        message = error.message
        code = error.code
        self.param = param
        headers = error.headers
    }

    /// - Parameter error: whatever a handler threw.
    init?(for error: any Error) {
        switch error {
        case let error as OpenAIError: self = error
        case let error as APIError: self.init(error)
        case let error as InvalidRequest: self.init(APIError(error))
        case let fault as Fault where fault.code == .modelNotFound:
            self.init(APIError(.notFound, "model_not_found", fault.message), param: "model")
        case let fault as Fault: self.init(APIError(fault))
        default: return nil
        }
    }

    static func invalid(_ param: String, _ message: String) -> OpenAIError {
        OpenAIError(.invalid("\(param) \(message)"), param: param)
    }

    private var type: String {
        switch status.code {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case ..<500: "invalid_request_error"
        default: "server_error"
        }
    }

    var json: JSONValue {
        [
            "error": [
                "message": .string(message), "type": .string(type), "code": .string(code),
                "param": param.map { .string($0) } ?? .null,
            ]
        ]
    }

    var response: Response {
        var response = Response.json(json, status: status)
        response.headers.append(contentsOf: headers)
        return response
    }
}
