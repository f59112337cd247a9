// SPDX-License-Identifier: GPL-3.0-or-later
import CFiles

/// A file of the page, as it is served; the files lie beside this one and are part of the program.
package struct PageFile: Sendable {
    package let path: String
    package let contentType: String
    package let bytes: [UInt8]
    /// Changes with the file; quoted, as HTTP has it (RFC 9110, 8.8.3).
    package let entityTag: String

    private init(path: String, contentType: String, _ file: utter_file) {
        self.path = path
        self.contentType = contentType
        bytes = unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        entityTag = "\"\(String(Self.fingerprint(of: bytes), radix: 36))\""
    }

    package static let all = unsafe [
        PageFile(path: "/", contentType: "text/html; charset=utf-8", utter_page_html()),
        PageFile(path: "/page.css", contentType: "text/css; charset=utf-8", utter_page_css()),
        PageFile(path: "/page.js", contentType: "text/javascript; charset=utf-8", utter_page_js()),
    ]

    /// What the browser is to allow the page: its own files and the daemon, nothing else, no code within the
    /// HTML, and no HTML from text.
    package static let securityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].joined(separator: "; ")

    /// FNV-1a: tells versions of a file apart, which needs no secret and no cryptography.
    private static func fingerprint(of bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
