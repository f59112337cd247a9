// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import Utterance

/// An error as OpenAI's clients read it: `{"error":{"message","type","code","param"}}`.
struct OpenAIError {
    let status: HTTPResponse.Status
    let message: String
    let code: String
    /// The invalid field of the request.
    let param: String?
    let headers: HTTPFields

    private init(_ error: APIError, param: String?) {
        status = error.status
        message = error.message
        code = error.code
        self.param = param
        headers = error.headers
    }

    /// - Parameter error: anything that a handler threw; `nil` if it has no meaning for the client.
    init?(for error: any Error) {
        if let fault = error as? Fault, fault.code == .modelNotFound {
            self.init(APIError(.notFound, "model_not_found", fault.message), param: "model")
        } else {
            guard let apiError = APIError(for: error) else { return nil }
            self.init(apiError, param: (error as? InvalidRequest)?.field)
        }
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
