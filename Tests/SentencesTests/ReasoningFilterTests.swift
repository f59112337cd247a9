// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Sentences

@Suite struct ReasoningFilterTests {
    /// What is left of `text`, with `¦` where reasoning began, and `‖` where everything before was taken back.
    private func filtered(_ text: String, chunk: Int? = nil) -> (text: String, state: ReasoningState) {
        var filter = ReasoningFilter()
        var result = ""
        func add(_ outputs: [ReasoningFilter.Output]) {
            for output in outputs {
                switch output {
                case .reasoning: result += "¦"
                case .discard: result += "‖"
                case .text(let bytes, _): result += String(decoding: bytes, as: UTF8.self)
                }
            }
        }
        for fragment in text.fragments(of: chunk) { add(filter.append(Array(fragment.utf8)[...])) }
        add(filter.finish())
        return (result, filter.state)
    }

    @Test(
        "Reasoning is removed, however its tags are split",
        arguments: [
            ("<think>\nHmm.\n</think>\n\nParis.", "¦Paris."),
            ("<think>\n\n</think>\n\nHello", "¦Hello"),
            ("  \n<think>a</think>b", "¦b"),
            ("<Think>a</THINK>b", "¦b"),
            ("< think >a</ think >b", "¦b"),
            ("<thinking>a <think> b</thinking>c", "¦c"),
            ("[THINK]a[/THINK]b", "¦b"),
            ("<seed:think>a</seed:think>b", "¦b"),
            ("<|START_THINKING|>a<|END_THINKING|>b", "¦b"),
            ("<|inner_prefix|>a<|inner_suffix|>b", "¦b"),
            ("<|channel>thought\na<channel|>b", "¦b"),
            ("<think>a</think><think>b</think>c", "¦¦c"),
            ("<thing> is no tag", "<thing> is no tag"),
            ("<thin", "<thin"),
            ("Use the <think> tag and </think>.", "Use the <think> tag and </think>."),
            ("The `</think>` tag.", "The `</think>` tag."),
            ("a < b and c > d", "a < b and c > d"),
            ("Hmm, let me see.</think>## Answer", "Hmm, let me see.‖## Answer"),
            ("Hmm.\n</think>\n\nYes. </think> stays.", "Hmm.\n‖Yes. </think> stays."),
            (
                "<|channel|>analysis<|message|>Hmm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>",
                "¦Yes."
            ),
            ("<|start|>assistant<|channel|>commentary<|message|>a<|end|><|channel|>final<|message|>b", "¦b"),
            ("Thinking...\nThe user says test.\n...done thinking.\n\nHi there!", "¦Hi there!"),
            ("\nThinking...\r\nHm. A < b.\r\n...done thinking.\r\n\r\nHi.", "¦Hi."),
            ("Thinking...\nNo end.", "¦Thinking...\nNo end."),
            ("Thinking... about it, yes.", "Thinking... about it, yes."),
            ("Thinking...", "Thinking..."),
            ("Yes.\nThinking...\nNo.\n...done thinking.\n", "Yes.\nThinking...\nNo.\n...done thinking.\n"),
            ("Plain.", "Plain."),
            ("", ""),
        ])
    func takenOut(text: String, expected: String) {
        for chunk in [nil, 1, 2, 3, 5] {
            #expect(filtered(text, chunk: chunk).text == expected, "in fragments of \(chunk ?? 0)")
        }
    }

    @Test("A stream that ends inside reasoning says so and gives no answer")
    func unclosed() {
        let result = filtered("<think>I wonder", chunk: 2)
        #expect(result.text == "¦")
        #expect(result.state == .open)
        #expect(filtered("<think>a</think>").state == .closed)
        #expect(filtered("Hello").state == .none)
    }

    @Test("If printed reasoning never ends, what was held back is the answer")
    func answersDirectly() {
        let text = "Thinking...\nIt is four."
        let result = filtered(text, chunk: 3)
        #expect(result.text == "¦" + text)
        #expect(result.state == .none)
    }

    @Test("No more than the limit is held back")
    func holdsNoMore() {
        var filter = ReasoningFilter()
        _ = filter.append(Array("Thinking...\n".utf8)[...])
        let word = Array("word ".utf8)
        for _ in 0..<50_000 { _ = filter.append(word[...]) }
        let end = filter.append(Array("...done thinking.Yes".utf8)[...])
        #expect(end == [.text(Array("Yes".utf8)[...], offset: 250_029)])
    }

    @Test("A closing tag can take back no more than the limit")
    func takesBackNoMore() {
        let text = String(repeating: "word ", count: 20_000) + "</think>Yes"
        #expect(filtered(text).text == text)
    }
}
