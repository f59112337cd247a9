// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Playback
import Testing
import Utterance

@Suite("An output") struct OutputFaultTests {
    @Test("that is missing is replaced by the fallback, which is reported")
    func fallback() async throws {
        let missing = FakeOutput(openFault: Fault(.deviceMissing, "No device."))
        let file = FakeOutput(isLive: false)
        let spoken = try await Spoken.run(
            to: missing, fallback: { (file, Notice("no_device", "To a file.")) }, Spoken.texts(["Hello there."]))
        #expect(spoken.ending == .finished)
        #expect(spoken.notices == ["no_device"])
        #expect(file.begun == [0] && missing.begun.isEmpty)
    }

    @Test("that is busy is a fault: no file is created without the user's knowledge")
    func busy() async throws {
        let fault = Fault(.deviceBusy, "Busy.")
        let file = FakeOutput(isLive: false)
        let spoken = try await Spoken.run(
            to: FakeOutput(openFault: fault), fallback: { (file, Notice("no_device", "To a file.")) },
            Spoken.texts(["Hello there. ", "And more."]))
        #expect(spoken.ending == .failed(fault))
        #expect(spoken.text == "Hello there. And more.")
        #expect(file.begun.isEmpty)
    }

    @Test("that fails in the middle loses the sound, not the text")
    func failing() async throws {
        let spoken = try await Spoken.run(
            to: FakeOutput(writeLimit: 1), Spoken.texts(["One here. ", "Two here. ", "Three here. "]))
        #expect(spoken.ending == .failed(FakeOutput.broken))
        #expect(spoken.text == "One here. Two here. Three here. ")
        #expect(spoken.heard == [0])
        #expect(spoken.notices == ["device_failed"])
    }

    @Test("that is missing is not replaced by a file only to say that the model failed")
    func noFileForFaults() async throws {
        let file = FakeOutput(isLive: false)
        let fault = Fault(.modelUnreachable, "Nobody there.")
        let spoken = try await Spoken.run(
            to: FakeOutput(openFault: Fault(.deviceMissing, "No device.")),
            fallback: { (file, Notice("no_device", "To a file.")) }
        ) { _ in throw fault }
        #expect(spoken.ending == .failed(fault))
        #expect(file.utterances == 0)
        #expect(spoken.notices == ["model_unreachable"])
    }

    @Test("is not touched if there is nothing to say")
    func untouched() async throws {
        let output = FakeOutput()
        _ = try await Spoken.run(to: output, Spoken.texts([]))
        // Only the fault of the empty answer is spoken.
        #expect(output.begun == [-1])
        let quiet = FakeOutput()
        _ = try await Spoken.run(to: quiet, parameters: { $0.signals.speaksFaults = false }, Spoken.texts([]))
        #expect(quiet.utterances == 0)
    }
}
