// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing

/// Tags that are not HTML, and tool calls in the text.
@Suite struct TagTests {
    @Test(
        "Tool calls are not said",
        arguments: [
            (
                "<tool_call>\n{\"name\": \"light\", \"arguments\": {\"on\": true}}\n</tool_call>\nDone, the light is on.",
                ["Done, the light is on."]
            ),
            ("{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\"}}", []),
            ("[{\"name\": \"get_time\", \"arguments\": {}}]\nIt is late.", ["It is late."]),
            ("Let me see. {\"name\":\"f\",\"parameters\":{\"a\":\"}\"}} It is so.", ["Let me see.", "It is so."]),
            ("{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}\n好的。", ["好的。"]),
            ("{\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}\nYes.", ["Yes."]),
            ("<function=get_weather>\n<parameter=city>\nRome\n</parameter>\n</function>\nSunny.", ["Sunny."]),
            ("<tool_result>\n21 degrees\n</tool_result>\nIt is warm.", ["It is warm."]),
            ("Checking. <status type=\"running\">busy</status> All is well.", ["Checking.", "All is well."]),
            (
                "<function_calls><invoke name=\"f\"><parameter name=\"x\">1</parameter></invoke></function_calls>Ready.",
                ["Ready."]
            ),
            ("<|tool_call_begin|>functions.f:0<|tool_call_argument_begin|>{\"a\":1}<|tool_call_end|>Good.", ["Good."]),
            ("<｜tool▁calls▁begin｜>f<｜tool▁sep｜>x<｜tool▁calls▁end｜>Fine.", ["Fine."]),
            ("<|python_tag|>{\"name\": \"f\", \"parameters\": {}}\nFine.", ["Fine."]),
            ("[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {}}]\nFine.", ["Fine."]),
            ("<tool_call>{\"name\":\"f\"", []),
            ("The `<tool_call>` tag opens a call.", ["The <tool_call> tag opens a call."]),
            ("The <tool_call> tag opens a call. Then more.", ["The tag opens a call.", "Then more."]),
            ("{\"a\": 1, \"b\": 2} is an object.", ["{\"a\": 1, \"b\": 2} is an object."]),
            ("The set {1, 2} is small.", ["The set {1, 2} is small."]),
        ])
    func calls(text: String, expected: [String]) {
        for chunk in [nil, 1, 3] { #expect(texts(text, chunk: chunk) == expected, "in fragments of \(chunk ?? 0)") }
    }

    @Test(
        "Only the content of an unknown tag is said",
        arguments: [
            ("<speak>Hello <break time=\"1s\"/> there.</speak>", ["Hello there."]),
            ("<answer>It is 42.</answer>", ["It is 42."]),
            ("<answer>\nIt is 42. Yes.\n</answer>\nMore.", ["It is 42.", "Yes.", "More."]),
            ("I say <prosody rate=\"slow\">this</prosody> now.", ["I say this now."]),
            ("<final_answer>Paris.</final_answer>", ["Paris."]),
            ("<回答>这是答案。</回答>", ["这是答案。"]),
            ("<laugh> Very funny. <sigh>", ["Very funny."]),
            ("<response><p>Good.</p></response>", ["Good."]),
            ("It is 42.</answer>", ["It is 42."]),
            ("<reply/>Well<pause/>, yes.", ["Well, yes."]),
            (
                "<output>\n" + String(repeating: "It is so. ", count: 150) + "</output>",
                Array(repeating: "It is so.", count: 150)
            ),
            ("[laughs] Hello!", ["Hello!"]), ("Well [sighs] I see.", ["Well I see."]), ("[笑] 你好！", ["你好！"]),
            ("[Clears throat] So it is.", ["So it is."]), ("Press [Enter] now.", ["Press [Enter] now."]),
            (
                "Wu has fallen. <Mission failed; Time limit: 8 hours>",
                ["Wu has fallen.", "<Mission failed; Time limit: 8 hours>"]
            ),
            ("Put <name> here.", ["Put <name> here."]), ("A List<String> holds text.", ["A List<String> holds text."]),
            ("x <y and z> w.", ["x <y and z> w."]),
        ])
    func unknown(text: String, expected: [String]) {
        for chunk in [nil, 1, 3] { #expect(texts(text, chunk: chunk) == expected, "in fragments of \(chunk ?? 0)") }
    }

    @Test(
        "Small marks are not said",
        arguments: [
            ("This is ==highlighted== text.\n====\nNext part.", ["This is highlighted text.", "Next part."]),
            ("==All of it.== Yes.", ["All of it.", "Yes."]), ("这是==重点==内容。", ["这是重点内容。"]),
            ("If a == b, stop.", ["If a == b, stop."]), ("Is x==y? No.", ["Is x==y?", "No."]),
            ("> [!NOTE]\n> Keep it dry.", ["Keep it dry."]),
            ("> [!warning] Hot\n> Wait.", ["Hot", "Wait."]), ("> [!TIP]+\n> Rest.", ["Rest."]),
            ("[!IMPORTANT]\nGo.", ["Go."]), ("> [!NOTE]\n> 请保持干燥。", ["请保持干燥。"]),
            ("点击【确定】按钮，然后打开【设置】😊。", ["点击确定按钮，然后打开设置。"]),
            ("【注意】请小心。", ["注意：请小心。"]), ("请看【说明】。", ["请看说明。"]), ("按【开始】后等待。", ["按开始后等待。"]),
            ("第一，【重要】提示。", ["第一，重要提示。"]), ("- 【天气】今天晴。", ["天气：今天晴。"]),
        ])
    func small(text: String, expected: [String]) {
        for chunk in [nil, 1, 3] { #expect(texts(text, chunk: chunk) == expected, "in fragments of \(chunk ?? 0)") }
    }

    @Test(
        "Emphasis that is a sentence by itself is a separate piece",
        arguments: [
            (
                "My name is Henry. *Holds out hand* Nice to meet you.",
                ["My name is Henry.", "Holds out hand", "Nice to meet you."]
            ),
            ("*Smiles* Hello there.", ["Smiles", "Hello there."]), ("_Looks up_ Yes?", ["Looks up", "Yes?"]),
            ("Well. **Nods slowly** I agree.", ["Well.", "Nods slowly", "I agree."]),
            ("*微笑* 你好。", ["微笑", "你好。"]), ("Sure! *waves* Bye.", ["Sure!", "waves", "Bye."]),
            ("Yes. *Really* good it is.", ["Yes.", "Really good it is."]),
            ("**Note** that it is so.", ["Note that it is so."]), ("**Milk**: two litres.", ["Milk: two litres."]),
            ("I *really* Mean it.", ["I really Mean it."]), ("*Dune* is long.", ["Dune is long."]),
        ])
    func emphasis(text: String, expected: [String]) {
        for chunk in [nil, 1, 3] { #expect(texts(text, chunk: chunk) == expected, "in fragments of \(chunk ?? 0)") }
    }

    @Test(
        "Only the host of a URL without a scheme is said",
        arguments: [
            ("See example.com/docs?id=5&x=y#top for it.", ["See example.com for it."]),
            ("See docs.python.org/3/library/re.html#re.sub and go.", ["See docs.python.org and go."]),
            ("请看example.cn/a/b?c=d。谢谢。", ["请看example.cn。", "谢谢。"]),
            ("(github.com/apple/swift)", ["(github.com)"]), ("Try foo.io:8080/x, then.", ["Try foo.io, then."]),
            ("Use a.b/c here.", ["Use a.b/c here."]), ("It is and/or.", ["It is and/or."]),
            ("Open src/main.c/x now.", ["Open src/main.c/x now."]),
            ("Read node.js/express docs.", ["Read node.js/express docs."]),
        ])
    func addresses(text: String, expected: [String]) {
        for chunk in [nil, 1, 3] { #expect(texts(text, chunk: chunk) == expected, "in fragments of \(chunk ?? 0)") }
    }
}
