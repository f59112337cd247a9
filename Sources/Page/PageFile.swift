// SPDX-License-Identifier: GPL-3.0-or-later
import CFiles

/// A file of the page, as it is served; the files lie in `Web` beside this one and are part of the program.
package struct PageFile: Sendable {
    package let path: String
    package let contentType: String
    /// Changes with the file; quoted, as HTTP has it (RFC 9110, 8.8.3).
    package let entityTag: String
    private let index: Int

    private init(index: Int) {
        let file = unsafe utter_page_file_at(index)
        self.index = index
        path = unsafe String(cString: file.path)
        contentType = unsafe String(cString: file.content_type)
        entityTag = unsafe "\"\(String(Self.fingerprint(of: Self.bytes(of: file.file)), radix: 36))\""
    }

    package static let all = (0..<utter_page_file_count()).map(PageFile.init)

    /// A copy: the file itself lies in the program, where it takes no memory until it is read.
    package var bytes: [UInt8] {
        unsafe Array(Self.bytes(of: utter_page_file_at(index).file))
    }

    /// What the browser is to allow the page: its own files and the daemon, nothing else, no code within the
    /// HTML, and no HTML from text.
    package static let securityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
        "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")

    private static func bytes(of file: utter_file) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: file.bytes, count: file.count)
    }

    /// FNV-1a: tells versions of a file apart, which needs no secret and no cryptography.
    private static func fingerprint(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        unsafe bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
