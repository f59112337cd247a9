// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// The protocol by which browsers are driven (https://www.w3.org/TR/webdriver2/), as far as it is needed.
struct WebDriver: Sendable {
    /// What the driver did not do, in its own words.
    struct Refused: Error, CustomStringConvertible {
        var description: String
    }

    /// Stands for a value that does not matter.
    struct Nothing: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    private struct Reply<Value: Decodable>: Decodable {
        var value: Value
    }

    /// Of the driver, or of a session.
    let url: String

    @discardableResult
    func send<Value: Decodable>(
        _ method: HTTPMethod = .POST, _ path: String, _ body: some Encodable = [String: String](),
        as type: Value.Type = Nothing.self
    ) async throws -> Value {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        if method == .POST { request.body = .bytes(try Array(JSONEncoder().encode(body))) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        guard response.status == .ok else { throw Refused(description: String(buffer: bytes)) }
        return try JSONDecoder().decode(Reply<Value>.self, from: Data(bytes.readableBytesView)).value
    }
}
