// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import Glibc
import Pipeline
import Playback
import Settings
import Speech
import TestSupport
import Testing
import Utterance

@testable import Assistant

@Suite("The owner's chime")
struct ChimeFileTests {
    private static let format = PCMFormat(rate: 22_050)

    private static func wav(_ samples: Int, rate: Int = 22_050) -> [UInt8] {
        let sound = (0..<samples * 2).map { $0.isMultiple(of: 2) ? UInt8(truncatingIfNeeded: $0) : 16 }
        return WAVHeader(format: PCMFormat(rate: rate), frames: samples).bytes + sound
    }

    private static func reason(_ path: String) -> String? {
        do throws(Fault) {
            _ = try ChimeFile.read(path, as: format)
            return nil
        } catch {
            #expect(error.code == .configurationInvalid && error.message.contains("announcements.chime_file"))
            return error.message
        }
    }

    @Test("is a WAV file, converted to the voice's rate", arguments: [22_050, 44_100, 8_000])
    func played(rate: Int) throws {
        let path = SoundWorld.shared.path("chime")
        writeFile(path, Self.wav(rate, rate: rate))
        let sound = try ChimeFile.read(path, as: Self.format)
        #expect(sound.format == Self.format)
        #expect(abs(sound.samples.count - 22_050) <= 2)
    }

    @Test("is nothing else: the error says what it is")
    func refused() throws {
        let path = SoundWorld.shared.path("chime")
        #expect(Self.reason(path)?.contains("No such file") == true)
        #expect(Self.reason("/")?.contains("it is not a file") == true)
        #expect(Self.reason("/dev/zero")?.contains("it is not a file") == true)
        #expect(unsafe mkfifo(path, 0o600) == 0)
        #expect(Self.reason(path)?.contains("it is not a file") == true)
        unsafe unlink(path)
        for (bytes, told) in [
            (Array("ID3".utf8), "not a WAV file"), (Self.wav(0), "no sound"), ([], "not a WAV file"),
            (Self.wav(22_050 * 5 + 1), "longer than 5 seconds"), (Self.wav(900_000, rate: 48_000), "longer than 5"),
        ] {
            writeFile(path, bytes)
            #expect(Self.reason(path)?.contains(told) == true)
        }
    }

    @Test("goes with every answer; while it can't be played, the built-in one takes its place, and the log says why")
    func settings() async throws {
        var settings = Settings()
        let path = SoundWorld.shared.path("chime")
        settings.announcements.chimeFile = path
        let engine = try await ESpeakEngine.start()
        func chime() throws -> (PCMSound?, Fault?) {
            let answers = try ConfiguredAnswers(settings, engine: engine, environment: [:])
            let parameters = try answers.parameters(persona: nil, delivery: .init(), controls: .init(), question: nil)
            return (parameters.signals.recordedChime, answers.chimeFault)
        }
        #expect(try chime().0 == nil)
        #expect(try chime().1?.code == .configurationInvalid)
        writeFile(path, Self.wav(100))
        #expect(try chime().0?.samples.count == 100)
        #expect(try chime().1 == nil)
    }
}
