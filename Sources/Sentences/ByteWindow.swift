// SPDX-License-Identifier: GPL-3.0-or-later

/// The UTF-8 bytes of a stream that are still needed, addressed by their offset from the stream's beginning.
///
/// Bytes are appended at the end and dropped at the front, in amortized constant time per byte. It always holds whole
/// scalars.
struct ByteWindow {
    private var bytes: [UInt8] = []
    /// The offset of `bytes[0]`.
    private var base = 0
    /// The offset of the first byte that is still needed.
    private(set) var start = 0

    /// The offset after the last byte.
    var end: Int { base + bytes.count }

    subscript(offset: Int) -> UInt8 {
        bytes[offset - base]
    }

    subscript(range: Range<Int>) -> ArraySlice<UInt8> {
        bytes[range.lowerBound - base..<range.upperBound - base]
    }

    mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func append(contentsOf other: some Collection<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Marks everything before `offset` as no longer needed.
    mutating func drop(before offset: Int) {
        start = max(start, offset)
        let unused = start - base
        if unused == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            base = start
        } else if unused >= 4_096, unused * 2 >= bytes.count {
            bytes.removeFirst(unused)
            base = start
        }
    }

    /// Drops everything; the next byte has the offset `offset`.
    mutating func restart(at offset: Int) {
        bytes.removeAll(keepingCapacity: true)
        base = offset
        start = offset
    }

    /// Drops everything from `offset` on, which must be within the window.
    mutating func removeAll(from offset: Int) {
        bytes.removeLast(end - offset)
    }

    /// Overwrites everything from `offset` on with `byte`.
    mutating func fill(from offset: Int, with byte: UInt8) {
        for index in max(offset, start) - base..<max(bytes.count, max(offset, start) - base) { bytes[index] = byte }
    }

    /// The first offset in `range` that holds `byte`.
    func firstOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
        var offset = range.lowerBound
        while offset < range.upperBound {
            if bytes[offset - base] == byte { return offset }
            offset += 1
        }
        return nil
    }

    /// Whether `text` is at `offset`.
    func has(_ text: StaticString, at offset: Int) -> Bool {
        guard offset + text.utf8CodeUnitCount <= end else { return false }
        return text.withUTF8Buffer { expected in
            expected.indices.allSatisfy { unsafe expected[$0] == bytes[offset - base + $0] }
        }
    }

    /// Whether the window ends in `text`.
    func hasSuffix(_ text: StaticString) -> Bool {
        end - text.utf8CodeUnitCount >= start && has(text, at: end - text.utf8CodeUnitCount)
    }

    /// The scalar that begins at `offset`, which must be within the window.
    func scalar(at offset: Int) -> Unicode.Scalar {
        let lead = self[offset]
        if lead < 0x80 { return Unicode.Scalar(lead) }
        let length = UTF8Form.length(lead: lead)
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for index in 1..<length where offset + index < end {
            value = value << 6 | UInt32(self[offset + index] & 0x3F)
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// The offset at which the scalar before `offset` begins; `offset` must be greater than ``start``.
    func scalarStart(before offset: Int) -> Int {
        var result = offset - 1
        while result > start, UTF8Form.isContinuation(self[result]) { result -= 1 }
        return result
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: self[range], as: UTF8.self)
    }
}

/// The structure of UTF-8.
enum UTF8Form {
    static func isContinuation(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }

    /// The length in bytes of the scalar that begins with `lead`.
    static func length(lead: UInt8) -> Int {
        switch lead {
        case ..<0xC0: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }
}
