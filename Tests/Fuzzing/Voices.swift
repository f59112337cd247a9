// SPDX-License-Identifier: GPL-3.0-or-later
import WyomingFrames

@testable import VoiceServers

/// Data from voice servers: Wyoming events and WAV files.
func fuzzVoices(_ bytes: [UInt8]) {
    checkSplit(bytes) { events(of: $0) }
    var sound = ServedSound(limit: .seconds(1))
    try? WAVReader.read(bytes, into: &sound)
    check(sound.samples.count == sound.frames && sound.frames <= 48_000, "\(sound.frames) frames")
}

private struct Events: Equatable {
    var events: [WyomingEvent] = []
    var isMalformed = false
}

private func events(of parts: [[UInt8]]) -> Events {
    var decoder = WyomingDecoder()
    var result = Events()
    for part in parts {
        decoder.append(part)
        do {
            while let event = try decoder.next() { result.events.append(event) }
        } catch {
            result.isMalformed = true
            return result
        }
    }
    return result
}
