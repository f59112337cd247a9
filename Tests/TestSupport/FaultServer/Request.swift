// SPDX-License-Identifier: GPL-3.0-or-later

extension FaultServer {
    /// A request as it came.
    package struct Request: Sendable, Hashable {
        package let method: String
        package let path: String
        /// By lower-case name.
        package let headers: [String: String]
        /// Of a chunked request, what came with the head; ``Connection/body`` has all of it.
        package let body: [UInt8]

        package var isChunked: Bool { headers["transfer-encoding"] == "chunked" }

        package var text: String { String(decoding: body, as: UTF8.self) }

        /// `nil` while something is missing.
        init?(_ bytes: [UInt8]) {
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
            self.method = String(words[0])
            self.path = String(words[1])
            self.headers = headers
            self.body = headers["transfer-encoding"] == "chunked" ? Array(body) : Array(body.prefix(length))
        }
    }
}
