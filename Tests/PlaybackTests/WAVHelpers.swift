// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Playback
import TestSupport
import Testing
import Threads

/// A WAV file, read as the format says and nothing more.
struct WAV {
    var rate: Int
    /// Bytes of sound that the header states.
    var statedSize: Int
    var bytesBehindHeader: Int
    var samples: [Int16]

    /// `nil`: not a WAV file of one channel and 16 bits.
    init?(_ bytes: [UInt8]) {
        func number(_ offset: Int, _ size: Int) -> Int {
            (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
        }
        guard bytes.count >= 44, bytes[..<4].elementsEqual("RIFF".utf8), bytes[8..<16].elementsEqual("WAVEfmt ".utf8),
            bytes[36..<40].elementsEqual("data".utf8), number(16, 4) == 16, number(20, 2) == 1, number(22, 2) == 1,
            number(32, 2) == 2, number(34, 2) == 16, number(4, 4) == number(40, 4) + 36
        else { return nil }
        rate = number(24, 4)
        guard number(28, 4) == rate * 2 else { return nil }
        statedSize = number(40, 4)
        bytesBehindHeader = bytes.count - 44
        samples = SoundSamples.decode(Array(bytes[44...].prefix(statedSize)))
    }
}

extension PipeEnds {
    /// What comes out until the writing end is closed.
    func readToTheEnd() async -> [UInt8] {
        await withCheckedContinuation { continuation in
            startThread(name: "reader") { [reading] in
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4_096)
                while true {
                    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
                    guard count > 0 else { return continuation.resume(returning: bytes) }
                    bytes += buffer[..<count]
                }
            }
        }
    }
}

/// A piece that is spoken on a thread of its own, as the voice does.
struct Speaking {
    private let results: AsyncStream<Bool>

    init(output: any SoundOutput, samples: [Int16]) {
        let (results, continuation) = AsyncStream.makeStream(of: Bool.self)
        self.results = results
        startThread(name: "speech") {
            continuation.yield(output.say(0, samples))
            continuation.finish()
        }
    }

    /// Whether all of it was taken.
    func result() async -> Bool? {
        await results.first { _ in true }
    }
}

/// A program of the system's.
enum Program {
    /// What it prints.
    static func output(_ arguments: String...) async throws -> String {
        try await ChildProcess.output(of: ["/usr/bin/env"] + arguments)
    }
}
