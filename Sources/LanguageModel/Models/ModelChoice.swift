// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Utterance

/// A model that a server has.
package struct InstalledModel: Sendable, Hashable {
    /// Including its tag: `llama3.2:latest`.
    package var name: String
    /// Bytes on disk, and about as many in memory; `nil` if the server doesn't report it. Only Ollama does.
    package var size: Int?
    /// The family of its architecture, such as `llama` or `bert`.
    package var family: String?
    /// Such as `3.2B`.
    package var parameters: String?
    /// What it can do: `completion`, `thinking`, `embedding` …; `nil` if the server is too old to report it.
    package var capabilities: [String]?
}

extension InstalledModel {
    /// - Returns: `nil` if it has no name.
    init?(_ json: JSONValue) {
        guard let name = ["name", "model", "id"].lazy.compactMap({ json[$0]?.text }).first else { return nil }
        let details = json["details"]
        self.init(
            name: name, size: json["size"]?.count, family: details?["family"]?.text,
            parameters: details?["parameter_size"]?.text,
            capabilities: json["capabilities"]?.elements?.compactMap(\.text))
    }
}

/// A model in a server's memory.
package struct LoadedModel: Sendable, Hashable {
    package var name: String
    /// Bytes of memory.
    package var size: Int?
    /// How many of them are on the GPU. Less than `size` means that part of it runs on the CPU, slowly.
    package var sizeOnGPU: Int?
}

extension LoadedModel {
    init?(_ json: JSONValue) {
        guard let name = json["name"]?.text else { return nil }
        self.init(name: name, size: json["size"]?.count, sizeOnGPU: json["size_vram"]?.count)
    }
}

extension String {
    /// Whether both name the same Ollama model. A missing tag means `latest`, and case doesn't matter.
    package func isSameModel(as other: String) -> Bool {
        withTag.lowercased() == other.withTag.lowercased()
    }

    private var withTag: String {
        let name = split(separator: "/").last ?? ""
        return name.contains(":") ? self : self + ":latest"
    }
}

/// Chooses a model when none was named.
package enum ModelChoice {
    /// Above this size, even a machine with enough memory is seldom fast enough for speech. In bytes: about 8 billion
    /// parameters at 4 bits.
    private static let largestForSpeech = 6_000_000_000

    /// The memory that a model needs in addition to its weights, in bytes: for a short conversation, and for the
    /// runner.
    private static let overhead = 500_000_000

    /// Prefers a model that is already loaded; then the largest one that fits into memory and is fast enough to listen
    /// to; then the smallest. Embedding models can't answer, and models in Ollama's cloud are only used if they are
    /// named.
    ///
    /// - Parameter memory: bytes that a model may use; `nil` if unknown.
    /// - Returns: `nil` if none can answer.
    package static func choose(
        from installed: [InstalledModel], loaded: [LoadedModel], memory: Int?
    ) -> InstalledModel? {
        let candidates = installed.filter { $0.canChat && !$0.isRemote }
        let running = candidates.first { candidate in loaded.contains { $0.name.isSameModel(as: candidate.name) } }
        if let running { return running }
        let bySize = candidates.sorted { ($0.size ?? 0, $0.name) < ($1.size ?? 0, $1.name) }
        let fitting = bySize.last { model in
            let size = model.size ?? 0
            return size <= largestForSpeech && size <= (memory ?? .max) - overhead
        }
        return fitting ?? bySize.first
    }

    /// Whether `model` fits into `memory` bytes; `nil` if its size is unknown.
    package static func fits(_ model: InstalledModel, memory: Int) -> Bool? {
        model.size.map { $0 <= memory - overhead }
    }

    /// Bytes that programs can use without swapping: `MemAvailable` in `/proc/meminfo`.
    package static func availableMemory() -> Int? {
        guard let file = FileManager.default.contents(atPath: "/proc/meminfo") else { return nil }
        // For example `MemAvailable:   16384000 kB`.
        let line = String(decoding: file, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        let words = line?.split(separator: " ") ?? []
        return words.count == 3 ? Int(words[1]).map { $0 * 1024 } : nil
    }
}

extension InstalledModel {
    /// Whether it can answer, which embedding models can't. If the server doesn't report it, the name decides.
    package var canChat: Bool {
        if let capabilities { return capabilities.contains("completion") }
        let text = "\(name) \(family ?? "")".lowercased()
        return !["embed", "bert", "minilm", "bge-", "rerank"].contains(where: text.contains)
    }

    /// Whether it runs in Ollama's cloud.
    package var isRemote: Bool {
        name.hasSuffix("-cloud") || name.hasSuffix(":cloud")
    }
}
