// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("What newcomers get wrong")
    struct Newcomers {
        struct Mistake: Sendable, CustomTestStringConvertible {
            /// `URL` and `ADDRESS` stand for those of a model server with one model, tiny.
            var arguments: [String]
            var settings = ""
            var environment: [String: String] = [:]
            var exitCode: Int
            /// The cause and the cure, or what is shown if it isn't a mistake.
            var english: [String]
            /// What is shown in a Chinese locale.
            var chinese: [String]

            var testDescription: String {
                (environment.map { "\($0)=\($1)" } + ["utter"] + arguments).joined(separator: " ") + " " + settings
            }
        }

        private static let ask = ["ask", "Why?", "--url", "URL", "-o", "a.wav"]

        private static let mistakes = [
            Mistake(
                arguments: ["Why is it?"], exitCode: 64,
                english: ["A command is missing", "utter ask \"Why is it?\""],
                chinese: ["缺少命令", "请输入：utter ask \"Why is it?\""]),
            Mistake(
                arguments: ["aks", "Why?"], exitCode: 64, english: ["no command aks", "utter ask?"],
                chinese: ["没有 aks 这个命令", "utter ask？"]),
            Mistake(
                arguments: ["say", "notes.txt", "-o", "a.wav"], exitCode: 0,
                english: ["notes.txt is a file", "utter say < notes.txt"],
                chinese: ["notes.txt 是一个文件", "utter say < notes.txt"]),
            Mistake(
                arguments: ["ask", "Why?", "--url", "http://127.0.0.1:1"], exitCode: 69,
                english: ["No model server answers at http://127.0.0.1:1", "ollama serve"],
                chinese: ["模型服务器没有响应", "请启动 Ollama", "http://127.0.0.1:1"]),
            Mistake(
                arguments: ask + ["--model", "lama"], exitCode: 69,
                english: ["\"lama\" is not installed", "ollama pull lama"], chinese: ["没有安装这个模型", "utter models pull"]),
            Mistake(
                arguments: ["ask", "Why?", "--url", "ADDRESS", "-o", "a.wav"], exitCode: 0, english: ["tiny"],
                chinese: ["tiny"]),
            Mistake(
                arguments: ["ask", "Why?", "--url", "URL/v1", "-o", "a.wav"], exitCode: 0, english: ["tiny"],
                chinese: ["tiny"]),
            Mistake(
                arguments: ask + ["--voice", "nix"], exitCode: 64, english: ["no voice or language", "utter voices"],
                chinese: ["没有这种音色", "utter voices"]),
            Mistake(
                arguments: ask + ["--persona", "nix"], exitCode: 64,
                english: ["no persona nix", "assistant, science, story"],
                chinese: ["用法有误", "assistant, science, story"]),
            Mistake(
                arguments: ask + ["--rate", "1000"], exitCode: 64, english: ["1000 is out of range", "80 to 450"],
                chinese: ["用法有误", "80 to 450"]),
            Mistake(
                arguments: ["config", "check", "--config", "config.yaml"],
                settings:
                    "model: {nam: x, provider: olama}\nspeach: {rate_wpm: 200}\nspeech: {rate_wpm: fast, volum: 1}",
                exitCode: 78,
                english: [
                    "config.yaml:1:9: ", "mean \"name\"?", "config.yaml:1:27: ", "mean \"ollama\"?",
                    "config.yaml:2:1: ",
                    "mean \"speech\"?", "config.yaml:3:20: ", "from 80 to 450", "config.yaml:3:26: ",
                    "mean \"volume\"?",
                ],
                chinese: ["配置有误", "config.yaml:3:26: "]),
            Mistake(
                arguments: ["serve", "--config", "config.yaml"], settings: "server: {listen: [\"0.0.0.0:0\"]}",
                exitCode: 78,
                english: [
                    "would let anybody on the network", "$UTTER_SERVER_TOKEN", "server.allowed_networks", "127.0.0.1",
                ], chinese: ["请检查配置", "$UTTER_SERVER_TOKEN"]),
            Mistake(
                arguments: ["config", "check"], environment: ["UTTER_SPEECH_RATE": "200"], exitCode: 78,
                english: ["UTTER_SPEECH_RATE: no such setting", "UTTER_SPEECH_RATE_WPM"],
                chinese: ["配置有误", "UTTER_SPEECH_RATE_WPM"]),
            Mistake(
                arguments: ["status"], exitCode: 69, english: ["No daemon is running", "utter serve"],
                chinese: ["无法与守护进程通信", "utter serve"]),
        ]

        @Test("is reported with its cause and its cure, in English and Chinese", arguments: mistakes, [false, true])
        func told(mistake: Mistake, isChinese: Bool) async throws {
            let ollama = OllamaWire.server { request, connection in
                guard !request.text.contains("lama\"") else {
                    let reply = HTTPWire.reply(#"{"error":"model 'lama' not found"}"#, status: "404 Not Found")
                    return try await connection.send(reply)
                }
                try await connection.send(OllamaWire.chat(tokens: ["Yes."]))
            }
            try await FaultServer.run(ollama) { server in
                let utter = try UtterProgram(config: mistake.settings)
                writeFile(utter.path("notes.txt"), "Hello.")
                let arguments = mistake.arguments.map {
                    $0.replacing("URL", with: server.url).replacing("ADDRESS", with: "localhost:\(server.port)")
                }
                var environment = mistake.environment
                if isChinese { environment["LANG"] = "zh_CN.UTF-8" }
                let end = try await utter.run(arguments, environment: environment)
                #expect(end.exitCode == mistake.exitCode, "\(end.errors)")
                for words in isChinese ? mistake.chinese : mistake.english {
                    #expect(end.errors.contains(words), "\(words): \(end.errors)")
                }
            }
        }

        @Test("may be a second daemon, which says what prevents it from starting", arguments: [false, true])
        func secondDaemon(isChinese: Bool) async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            try await utter.serve { _ in
                let language = isChinese ? ["LANG": "zh_CN.UTF-8"] : [:]
                let end = try await utter.run(["serve", "--config", "config.yaml"], environment: language)
                #expect(end.exitCode == 78)
                let words = isChinese ? ["地址是否已被占用"] : ["another daemon answers there", "server.socket"]
                for word in words { #expect(end.errors.contains(word), "\(end.errors)") }
            }
        }

        @Test(
            "may be a request that the daemon doesn't understand; the reply says what would be right",
            arguments: [
                ("POST /v1/ask", nil, 415, "Content-Type: application/json"),
                ("POST /v1/ask", #"{"prompt":"#, 400, "not a JSON object"),
                ("POST /v1/ask", #"{"prompt":"x","policy":"nix"}"#, 400, "interrupt, queue, reject"),
                ("GET /v1/nix", nil, 404, "GET /openapi.yaml"),
            ])
        func requests(request: String, json: String?, status: Int, words: String) async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            try await utter.serve { _ in
                let reply = try await HTTPExchange.send(
                    request, json: json, headers: json == nil ? ["Content-Type: text/plain"] : [], to: utter.daemon)
                #expect(reply.status == status && reply.text.contains(words), "\(reply.text)")
            }
        }
    }
}
