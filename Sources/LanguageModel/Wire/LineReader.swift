// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Splits chunks of bytes into lines at LF. (Not at CR, U+2028 or U+0085, which JSON strings may contain.)
struct LineReader: Sendable, Hashable {
    /// Ollama's own limit for a line, in bytes; 64 KB has proven too small in practice.
    static let longestLine = 8 << 20

    private var partial: [UInt8] = []

    /// Calls `take` with every line that `bytes` complete, without its end.
    ///
    /// - Throws: a `modelProtocol` fault if a line exceeds ``longestLine``.
    mutating func read(_ bytes: [UInt8], _ take: ([UInt8]) -> Void) throws(Fault) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            try append(rest[..<end])
            take(partial)
            partial.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        try append(rest)
    }

    /// Returns the last line, if the stream ended without LF.
    mutating func takeRest() -> [UInt8]? {
        defer { partial = [] }
        return partial.isEmpty ? nil : partial
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) throws(Fault) {
        guard partial.count + bytes.count <= Self.longestLine else {
            throw Fault(
                .modelProtocol,
                "The model server sent a line of more than 8 MB: is this address really a model server's?")
        }
        partial += bytes
    }
}
