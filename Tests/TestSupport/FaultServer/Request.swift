// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension FaultServer {
    /// A request as it arrived.
    package struct Request: Sendable, Hashable {
        package let method: String
        package let path: String
        /// By lowercase name.
        package let headers: [String: String]
        /// For a chunked request, only what came with the head; ``Connection/body`` has all of it.
        package let body: [UInt8]

        package var isChunked: Bool { headers["transfer-encoding"] == "chunked" }

        package var text: String { String(decoding: body, as: UTF8.self) }

        /// `nil` if something is missing.
        init?(_ bytes: [UInt8]) {
            if bytes.first == UInt8(ascii: "{") {
                self.init(wyoming: bytes)
                return
            }
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
            let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            let words = lines.first?.split(separator: " ") ?? []
            guard words.count >= 2 else { return nil }
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { continue }
                headers[line[..<colon].lowercased()] = String(line[colon...].dropFirst().drop { $0 == " " })
            }
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            let body = bytes[end.upperBound...]
            guard body.count >= length else { return nil }
            self.init(
                method: String(words[0]), path: String(words[1]), headers: headers,
                body: headers["transfer-encoding"] == "chunked" ? Array(body) : Array(body.prefix(length)))
        }

        /// A request of the Wyoming protocol: its type takes the place of method and path, and its data that of the
        /// body.
        private init?(wyoming bytes: [UInt8]) {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
                let header = try? JSON.decode(JSONValue.self, from: Array(bytes[..<end])),
                let type = header["type"]?.text
            else { return nil }
            let data = bytes[(end + 1)...]
            guard data.count >= header["data_length"]?.count ?? 0 else { return nil }
            self.init(method: type, path: type, headers: [:], body: Array(data))
        }

        private init(method: String, path: String, headers: [String: String], body: [UInt8]) {
            self.method = method
            self.path = path
            self.headers = headers
            self.body = body
        }
    }
}
