// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import SoundCoding
import Utterance

/// A server with OpenAI's `/v1/audio/speech`.
struct OpenAISpeech {
    /// Ends with the version: `…/v1`.
    let base: HTTPURL
    let key: String?
    let proxy: HTTPServer?
    let connectLimit: Duration

    private static let longestHeader = 64 * 1024
    private static let longestList = 1024 * 1024

    /// Has a text spoken.
    ///
    /// - Parameter rate: of samples that come without a header.
    /// - Throws: ``VoiceServerFailure``, `ConnectionFailure`, `CancellationError`.
    func sound(
        of text: String, voice: String?, model: String, rate: Int, limit: Duration
    ) async throws -> ServedSound {
        var fields: [String: JSONValue] = [
            "model": .string(model), "input": .string(text), "response_format": "wav",
        ]
        if let voice { fields["voice"] = .string(voice) }
        let body = HTTPRequest.Body.bytes(try JSON.encode(JSONValue.object(fields)), type: "application/json")
        let reply = try await send(.post, "/audio/speech", body: body)
        var sound = ServedSound(limit: limit)
        // Two channels of the highest rate.
        let most = PCMFormat(rate: ServedSound.Coding.rates.upperBound).frames(in: limit) * 4 + Self.longestHeader
        let bytes = try await reply.body.collect(upTo: most + 1)
        guard bytes.count <= most else { throw VoiceServerFailure.tooMuchSound }
        guard reply.status == 200 else { throw Self.rejection(reply.status, bytes) }
        if WAVReader.isHeader(at: 0, of: bytes) {
            try WAVReader.read(bytes, into: &sound)
        } else if !bytes.isEmpty {
            if let name = Self.otherFormat(bytes, type: reply.contentType) {
                throw VoiceServerFailure.malformed("it sent \(name), not WAV")
            }
            try sound.append(bytes, try ServedSound.coding(rate: rate, width: 2, channels: 1))
        }
        return sound
    }

    /// The voices, where the server has a list, which is not part of the protocol.
    ///
    /// - Throws: as ``sound(of:voice:model:rate:limit:)``.
    func voices() async throws -> [ServerVoice] {
        let reply = try await send(.get, "/audio/voices")
        let bytes = try await reply.body.collect(upTo: Self.longestList)
        guard reply.status == 200, let value = try? JSON.decode(JSONValue.self, from: bytes) else { return [] }
        let list = value.elements ?? value["voices"]?.elements ?? value["data"]?.elements ?? []
        return list.compactMap { voice in
            guard let name = voice.text ?? (voice["id"] ?? voice["name"] ?? voice["voice_id"])?.text, !name.isEmpty,
                name.utf8.count <= 200
            else { return nil }
            let language = (voice["language"] ?? voice["lang"])?.text.map { [$0.printable] }
            return ServerVoice(name: name.printable, languages: language ?? [])
        }
    }

    private func send(
        _ method: HTTPRequest.Method, _ call: String, body: HTTPRequest.Body = .none
    ) async throws -> HTTPReply {
        let headers = key.map { [("Authorization", "Bearer \($0)")] } ?? []
        let request = HTTPRequest(
            method, HTTPURL(base.server, path: base.path + call), headers: headers, body: body)
        return try await HTTPClient(proxy: proxy, connectLimit: connectLimit).send(request)
    }

    /// What the server says, in whichever of the usual forms.
    private static func rejection(_ status: Int, _ body: [UInt8]) -> VoiceServerFailure {
        let value = (try? JSON.decode(JSONValue.self, from: Array(body.prefix(longestHeader)))) ?? .null
        let said = value["error"]?["message"] ?? value["error"] ?? value["detail"]
        return .rejected("\(status)" + (said?.text.map { ", \($0)" } ?? ""))
    }

    /// What the sound is if it can't be samples.
    private static func otherFormat(_ bytes: [UInt8], type: String?) -> String? {
        switch bytes.prefix(4) {
        case let start where start.starts(with: Array("ID3".utf8)): return "MP3"
        case let start where start.first == 0xFF && start.dropFirst().first.map { $0 & 0xE0 == 0xE0 } == true:
            return type?.contains("pcm") == true ? nil : "MP3"
        case let start where start.elementsEqual("OggS".utf8): return "Ogg"
        case let start where start.elementsEqual("fLaC".utf8): return "FLAC"
        case let start where start.first == UInt8(ascii: "{") && type?.contains("json") == true: return "JSON"
        default: return type?.hasPrefix("text/") == true ? "text" : nil
        }
    }
}
