// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// The 44 bytes before the samples of a WAV file: mono, signed 16 bit, little endian.
package struct WAVHeader: Equatable {
    static let size = 44

    var format: PCMFormat
    /// `nil` if it is not known and never will be (a pipe): readers then read to the end.
    var frames: Int?

    package init(format: PCMFormat, frames: Int?) {
        self.format = format
        self.frames = frames
    }

    package var bytes: [UInt8] {
        // What SoX and eSpeak NG write if they can't know; some readers take 0xFFFFFFFF for -1.
        let dataSize = frames.map { UInt32(clamping: min($0 * 2, Int(Self.unknown))) } ?? Self.unknown
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.size)
        bytes += "RIFF".utf8
        bytes.append(littleEndian: dataSize + UInt32(Self.size - 8))
        bytes += "WAVEfmt ".utf8
        bytes.append(littleEndian: UInt32(16))
        bytes.append(littleEndian: UInt16(1))  // PCM
        bytes.append(littleEndian: UInt16(1))  // channel
        bytes.append(littleEndian: UInt32(format.rate))
        bytes.append(littleEndian: UInt32(format.rate * 2))
        bytes.append(littleEndian: UInt16(2))  // bytes a frame
        bytes.append(littleEndian: UInt16(16))  // bits a sample
        bytes += "data".utf8
        bytes.append(littleEndian: dataSize)
        return bytes
    }

    private static let unknown: UInt32 = 0x7FFF_F000
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
