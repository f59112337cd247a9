// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Utterance

/// A request that is answered with an error: `{"error":{"code":"…","message":"…"}}`.
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

    /// The request makes no sense.
    static func invalid(_ message: String) -> APIError {
        APIError(.badRequest, "invalid_request", message)
    }

    init(_ error: InvalidRequest) {
        self.init(error.code == "too_long" ? .contentTooLarge : .badRequest, error.code, error.message)
    }

    init(_ fault: Fault) {
        self.init(fault.httpStatus, fault.code.rawValue, fault.message)
        if fault.code == .queueFull { headers[.retryAfter] = "5" }
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

extension Fault {
    /// What a client is told that reads only the status.
    var httpStatus: HTTPResponse.Status {
        switch code {
        case .usage, .voiceUnknown, .inputInvalid, .inputUnreadable, .configurationInvalid: .badRequest
        case .speakerBusy: .conflict
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
    /// A body of JSON with its keys in order, as every part of Utter writes it.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        json(buffer(of: value), status: status)
    }

    fileprivate static func json(_ body: ByteBuffer, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: body))
    }

    fileprivate static func buffer(of value: some Encodable) -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing that is answered here can fail to be encoded: no number in it is infinite.
        let json = (try? encoder.encode(value)) ?? Data("{}".utf8)
        var body = ByteBuffer()
        body.reserveCapacity(json.count + 1)
        body.writeBytes(json)
        body.writeInteger(UInt8(ascii: "\n"))
        return body
    }
}
