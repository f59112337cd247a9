// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing

/// What a model writes for the program that runs it: an agent's steps, and turns of a chat template.
@Suite struct AgentStepsTests {
    @Test(
        "Only the answer of an agent's steps is said",
        arguments: [
            (
                "Thought: I need it.\nAction: search[weather Rome]\nObservation: 20 degrees\nThought: done\n"
                    + "Final Answer: It is 20 degrees.", ["It is 20 degrees."]
            ),
            ("Thought: I look.\nAction: get_weather\nAction Input: {\"city\": \"Rome\"}\nObservation: sunny", []),
            ("Action: get_time\nAction Input: {}\n\nIt is late.", ["It is late."]),
            ("Let me see.\nAction: search(Rome)\nObservation: a\nb\nc\n\nFound it.", ["Let me see.", "Found it."]),
            ("thought: x\nfinal answer: Yes. No.", ["Yes.", "No."]),
            (
                "Action Input: ```json\n{}\n```\nObservation: ok\nFinal Answer:\nAll is well.", ["All is well."]
            ),
            ("思考：我需要查询。\n行动：搜索[罗马]\n观察：20度\n最终答案：晴天。", ["晴天。"]),
            ("Thought: a strange word.\n\nIt is old.", ["Thought: a strange word.", "It is old."]),
            ("Action: John sends the report.\nDone.", ["Action: John sends the report.", "Done."]),
            ("Final Answer: 42.", ["Final Answer: 42."]), ("行动：开始。", ["行动：开始。"]),
            ("To act is to live.\nThoughts come.", ["To act is to live.", "Thoughts come."]),
        ])
    func steps(text: String, expected: [String]) {
        for chunk in [nil, 1, 3] { #expect(texts(text, chunk: chunk) == expected, "in fragments of \(chunk ?? 0)") }
    }

    @Test(
        "Only what the model says in a chat template is read",
        arguments: [
            ("<|im_start|>assistant\nHello there.<|im_end|>", ["Hello there."]),
            ("<|start_header_id|>assistant<|end_header_id|>\n\nHello there.<|eot_id|>", ["Hello there."]),
            ("<start_of_turn>model\nHello there.<end_of_turn>", ["Hello there."]),
            ("<|assistant|>\nHello there.<|end|>", ["Hello there."]),
            ("Hello there.<|im_end|>\n<|im_start|>user\nAnd now?<|im_end|>", ["Hello there."]),
            ("Hello.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nAnd?<|eot_id|>", ["Hello."]),
            ("Hello.</s>\n<|user|>\nAnd now?\n<|assistant|>\nIt goes on.", ["Hello.", "It goes on."]),
            ("<|im_start|>Hello.", ["Hello."]), ("<|endoftext|>Hello.", ["Hello."]),
            ("<|im_start|>assistant\n你好。<|im_end|>", ["你好。"]),
        ])
    func turns(text: String, expected: [String]) {
        for chunk in [nil, 1, 3] { #expect(texts(text, chunk: chunk) == expected, "in fragments of \(chunk ?? 0)") }
    }
}
