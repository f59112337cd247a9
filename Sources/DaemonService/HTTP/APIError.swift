// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
package import Utterance

/// The error that a request is answered with: `{"error":{"code":"…","message":"…"}}`.
struct APIError: Error {
    let status: HTTPResponse.Status
    /// A stable name in snake_case.
    let code: String
    /// One sentence: what is wrong and what to do about it.
    let message: String
    var headers = HTTPFields()

    init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message.printable
    }

    /// The request is invalid.
    static func invalid(_ message: String) -> APIError {
        APIError(.badRequest, "invalid_request", message)
    }

    static let notJSON = APIError(
        .unsupportedMediaType, "unsupported_media_type", "Send JSON, with Content-Type: application/json.")

    /// - Parameter error: anything that a handler threw; `nil` if it has no meaning for the client.
    init?(for error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as InvalidRequest:
            self.init(error.code == "too_long" ? .contentTooLarge : .badRequest, error.code, error.message)
        case let fault as Fault: self.init(fault)
        default: return nil
        }
    }

    init(_ fault: Fault) {
        self.init(fault.httpStatus, fault.code.rawValue, fault.message)
        if fault.code == .queueFull { headers[.retryAfter] = "5" }
    }

    /// - Parameter seconds: when the client may try again.
    static func tooMany(_ message: String, retryAfter seconds: Double) -> APIError {
        var error = APIError(.tooManyRequests, "too_many_requests", message)
        error.headers[.retryAfter] = "\(Int(seconds.rounded(.up)))"
        return error
    }

    /// Its JSON.
    var body: ByteBuffer {
        Response.buffer(of: ErrorReply(code: code, message: message))
    }

    var response: Response {
        var response = Response.json(body, status: status)
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension HTTPBackend {
    /// What a client is told of an error.
    package static func problem(of error: any Error) -> Notice {
        let error =
            APIError(for: error) ?? APIError(.internalServerError, "internal_error", "Unexpected error: \(error).")
        return Notice(error.code, error.message)
    }
}

extension Fault {
    /// The status for clients that read nothing else.
    var httpStatus: HTTPResponse.Status {
        switch code {
        case .usage, .voiceUnknown, .soundInvalid, .inputInvalid, .inputUnreadable, .configurationInvalid: .badRequest
        case .speakerBusy, .quietHours: .conflict
        case .queueFull: .tooManyRequests
        case .daemonStopping, .modelBusy, .modelOutOfMemory, .modelNoneInstalled, .modelUnreachable, .deviceMissing,
            .deviceBusy, .deviceUnknown, .deviceFailed:
            .serviceUnavailable
        case .modelSilent, .modelStalled: .gatewayTimeout
        case .modelNotFound, .modelRefused, .modelUnauthorized, .modelFailed, .modelProtocol, .modelTruncated,
            .answerEmpty, .answerOnlyReasoning:
            .badGateway
        default: .internalServerError
        }
    }
}

extension Response {
    /// A body of JSON with sorted keys.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        json(buffer(of: value), status: status)
    }

    fileprivate static func json(_ body: ByteBuffer, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: body))
    }

    fileprivate static func buffer(of value: some Encodable) -> ByteBuffer {
        // Encoding can't fail: no number in a reply is infinite.
        ByteBuffer(bytes: ((try? JSON.encode(value)) ?? Array("{}".utf8)) + [UInt8(ascii: "\n")])
    }
}
