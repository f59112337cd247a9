// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes the samples out of a WAV file as servers send it.
///
/// No length is trusted: servers that stream write 0 or 2³²−1, some send a header before each part, and some end with
/// metadata, which would be a click.
enum WAVReader {
    /// - Throws: ``VoiceServerFailure`` for what is no WAV, and for more sound than the limit.
    static func read(_ bytes: [UInt8], into sound: inout ServedSound) throws(VoiceServerFailure) {
        var position = 0
        while isHeader(at: position, of: bytes) {
            position = try readFile(at: position, of: bytes, into: &sound)
        }
    }

    static func isHeader(at position: Int, of bytes: [UInt8]) -> Bool {
        text(at: position, of: bytes) == "RIFF" && text(at: position + 8, of: bytes) == "WAVE"
    }

    /// - Returns: where it ended.
    private static func readFile(
        at start: Int, of bytes: [UInt8], into sound: inout ServedSound
    ) throws(VoiceServerFailure) -> Int {
        var position = start + 12
        var coding: ServedSound.Coding?
        while let name = text(at: position, of: bytes), let length = number(at: position + 4, of: bytes, bytes: 4) {
            let content = position + 8
            switch name {
            case "fmt ":
                coding = try readCoding(at: content, of: bytes)
            case "data":
                guard let coding else { throw .malformed("its WAV has no format") }
                let end = endOfData(from: content, length: length, of: bytes)
                try sound.append(bytes[content..<end], coding)
                // Whatever else follows is no sound.
                return isHeader(at: end, of: bytes) ? end : bytes.count
            default: break
            }
            // Chunks begin at even places.
            guard length < bytes.count else { break }
            position = content + length + length % 2
        }
        throw .malformed("its WAV has no sound")
    }

    private static func readCoding(at position: Int, of bytes: [UInt8]) throws(VoiceServerFailure) -> ServedSound.Coding
    {
        guard let kind = number(at: position, of: bytes, bytes: 2),
            let channels = number(at: position + 2, of: bytes, bytes: 2),
            let rate = number(at: position + 4, of: bytes, bytes: 4),
            let bits = number(at: position + 14, of: bytes, bytes: 2)
        else { throw .malformed("its WAV is cut off") }
        guard kind == 1 || kind == 0xFFFE else { throw .malformed("its WAV is coded in a way that is not supported") }
        return try ServedSound.coding(rate: rate, width: bits / 8, channels: channels)
    }

    /// Where the samples end: where the length says, if something that begins like a chunk or a file follows there; else
    /// at the next header, or at the end.
    private static func endOfData(from start: Int, length: Int, of bytes: [UInt8]) -> Int {
        let end = start + length
        if length > 0, end <= bytes.count, end == bytes.count || isChunk(at: end + length % 2, of: bytes) { return end }
        var position = start
        while position + 12 <= bytes.count {
            if bytes[position] == UInt8(ascii: "R"), isHeader(at: position, of: bytes) { return position }
            position += 1
        }
        return bytes.count
    }

    private static func isChunk(at position: Int, of bytes: [UInt8]) -> Bool {
        guard let name = text(at: position, of: bytes) else { return false }
        return name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }

    private static func text(at position: Int, of bytes: [UInt8]) -> String? {
        guard position + 4 <= bytes.count else { return nil }
        return String(decoding: bytes[position..<position + 4], as: UTF8.self)
    }

    private static func number(at position: Int, of bytes: [UInt8], bytes count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        return bytes[position..<position + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
