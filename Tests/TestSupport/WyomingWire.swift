// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// Wyoming by hand, right or wrong as a test needs it.
package enum WyomingWire {
    package static func event(_ type: String, _ data: String = "", payload: [UInt8] = []) -> [UInt8] {
        var header = #"{"type": "\#(type)", "version": "1.10.2""#
        if !data.isEmpty { header += #", "data_length": \#(data.utf8.count)"# }
        if !payload.isEmpty { header += #", "payload_length": \#(payload.count)"# }
        return Array((header + "}\n" + data).utf8) + payload
    }

    package static func format(rate: Int = 22_050, width: Int = 2, channels: Int = 1) -> String {
        #"{"rate": \#(rate), "width": \#(width), "channels": \#(channels), "timestamp": null}"#
    }

    package static func chunks(_ samples: [Int16], _ format: String = WyomingWire.format()) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: samples.count, by: 1_024) {
            let part = samples[start..<min(start + 1_024, samples.count)]
            bytes += event("audio-chunk", format, payload: part.littleEndian)
        }
        return bytes
    }

    /// A whole answer to `synthesize`.
    package static func sound(_ samples: [Int16], rate: Int = 22_050) -> [UInt8] {
        let format = format(rate: rate)
        return event("audio-start", format) + chunks(samples, format) + event("audio-stop")
    }

    /// An answer to `describe`.
    package static func info(_ voices: [(name: String, language: String)]) -> [UInt8] {
        let list = voices.map { voice in
            #"{"name": "\#(voice.name)", "languages": ["\#(voice.language)"], "installed": true, "speakers": null}"#
        }
        let voices = list.joined(separator: ", ")
        return event("info", #"{"tts": [{"name": "piper", "installed": true, "voices": [\#(voices)]}], "asr": []}"#)
    }
}

extension Collection<Int16> {
    package var littleEndian: [UInt8] {
        var bytes: [UInt8] = []
        for sample in self {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return bytes
    }
}

/// A tone that is too loud to count as silence.
package func tone(seconds: Double = 0.5, rate: Int = 22_050, frequency: Double = 440, amplitude: Double = 16_000)
    -> [Int16]
{
    let step = 2 * Double.pi * frequency / Double(rate)
    return (0..<Int(seconds * Double(rate))).map { frame in Int16(amplitude * sin(step * Double(frame))) }
}

extension FaultServer.Request {
    /// What a `synthesize` asks for.
    package var synthesisText: String {
        (try? JSON.decode(JSONValue.self, from: body))?["text"]?.text ?? ""
    }
}

extension FaultServer {
    /// The texts that were asked for so far.
    package var texts: [String] { requests.filter { $0.method == "synthesize" }.map(\.synthesisText) }

    /// Answers each `synthesize` as `answer` says, and each `describe` with one voice.
    package static func speaking(
        _ answer: @escaping Script = { _, connection in try await connection.send(WyomingWire.sound(tone())) }
    ) -> Script {
        { request, connection in
            if request.method == "describe" {
                try await connection.send(WyomingWire.info([("joe", "en_US")]))
            } else {
                try await answer(request, connection)
            }
        }
    }
}
