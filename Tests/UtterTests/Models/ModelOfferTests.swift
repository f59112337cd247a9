// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import LanguageModel
import TestSupport
import Testing

@testable import utter

@Suite struct ModelOfferTests {
    @Test(
        "A user who says yes, or just presses Return, gets a small model; one who says no, or nothing more, doesn't",
        arguments: [(["y"], true), ([""], true), (["what?", "是"], true), (["n"], false), ([], false)])
    func offer(answers: [String], isAccepted: Bool) async throws {
        let server = ModelServer(.init(address: .ollamaDefault))
        var dialogue = ScriptedDialogue(answers)
        let model = try await ModelOffer.accepted(at: server, dialogue: &dialogue)
        #expect((model != nil) == isAccepted)
        #expect(dialogue.screen.contains("No model is installed at http://127.0.0.1:11434"))
    }

    @Test(
        "The offered model leaves half of the memory free, if there is one that small",
        arguments: [
            (nil, "qwen2.5:3b"), (8_000_000_000, "qwen2.5:3b"), (3_000_000_000, "qwen2.5:1.5b"), (1, "qwen2.5:0.5b"),
        ])
    func small(memory: Int?, name: String) {
        #expect(SmallModel.fitting(memory).name == name)
    }
}
