// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension FaultServer {
    /// The options that make `ask` use this server.
    var options: [String] { ["--url", url, "--model", "tiny"] }
}

extension UtterProgram {
    /// Asks a server whose answer is `reply`, to the last byte, followed by FIN.
    func ask(reply: String, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws
        -> Result
    {
        try await FaultServer.run(OllamaWire.server { _, connection in try await connection.send(reply) }) { server in
            try await run(["ask", "Why?", "--events"] + server.options + arguments)
        }
    }

    func read(_ name: String) -> [UInt8] { readFile(path(name)) ?? [] }

    /// The environment of a machine without a sound device.
    func noSoundDevice() -> [String: String] {
        let configuration = path("silent.conf")
        writeFile(configuration, "</usr/share/alsa/alsa.conf>\npcm.!default { type hw  card 31 }\n")
        return ["ALSA_CONFIG_PATH": configuration]
    }
}

/// A 16-bit mono WAV file, parsed strictly: its header must match what follows.
struct WAV {
    let rate: Int
    let samples: [Int16]

    var seconds: Double { Double(samples.count) / Double(rate) }

    /// `nil` unless the sizes in the header are those of the file, or (`isPipe`) of a stream that was never rewound.
    init?(_ bytes: [UInt8], isPipe: Bool = false) {
        func word(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
        func tag(_ offset: Int) -> String { String(decoding: bytes[offset..<offset + 4], as: UTF8.self) }
        guard bytes.count >= 44, tag(0) == "RIFF", tag(8) == "WAVE", tag(12) == "fmt ", word(16) == 16 else {
            return nil
        }
        guard word(20) == 1 | 1 << 16, word(28) == 2 * word(24), word(32) == 2 | 16 << 16, tag(36) == "data" else {
            return nil
        }
        let sizes = (word(4), word(40))
        guard sizes == (bytes.count - 8, bytes.count - 44) || isPipe && sizes.1 >= bytes.count - 44 else { return nil }
        rate = word(24)
        samples = SoundSamples.decode(Array(bytes[44...]))
    }
}
