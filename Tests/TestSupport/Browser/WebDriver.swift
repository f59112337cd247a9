// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import HTTP
import Utterance

/// The protocol for driving browsers (https://www.w3.org/TR/webdriver2/), as far as it is needed.
struct WebDriver: Sendable {
    /// The driver's refusal, in its own words.
    struct Refused: Error, CustomStringConvertible {
        var description: String
    }

    /// A value that doesn't matter.
    struct Nothing: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    private struct Reply<Value: Decodable>: Decodable {
        var value: Value
    }

    /// The URL of the driver, or of a session.
    let url: HTTPURL

    @discardableResult
    func send<Value: Decodable>(
        _ method: HTTPRequest.Method = .post, _ path: String, _ body: some Encodable = [String: String](),
        as type: Value.Type = Nothing.self
    ) async throws -> Value {
        var request = HTTPRequest(method, HTTPURL(url.server, path: url.path + path))
        if method == .post { request.body = .bytes(try Array(JSONEncoder().encode(body)), type: "application/json") }
        let answer = try await withLimit(.seconds(120), clock: MonotonicClock()) { [request] in
            let reply = try await HTTPClient().send(request)
            return (reply.status, try await reply.body.collect(upTo: 16 << 20))
        }
        guard let (status, bytes) = answer else { throw Refused(description: "\(path): nothing within 120 s") }
        guard status == 200 else { throw Refused(description: String(decoding: bytes, as: UTF8.self)) }
        return try JSONDecoder().decode(Reply<Value>.self, from: Data(bytes)).value
    }
}
