// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Which model to ask when nobody named one.
package enum ModelChoice {
    /// Above this, even a machine that could hold the model is seldom fast enough to speak along: about 8 billion
    /// parameters at 4 bits.
    private static let largestForSpeech = 6_000_000_000

    /// What a model needs beside its weights: the memory of a short conversation and the runner itself.
    private static let overhead = 500_000_000

    /// One that is already loaded; else the largest that fits the memory and is fast enough to listen to; else the
    /// smallest. Embedding models can't answer, and models that run in Ollama's cloud are asked only when named.
    ///
    /// - Parameter memory: bytes that a model may take; `nil` if unknown.
    /// - Returns: `nil` if there is none that can answer.
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

    /// Bytes that programs can take without swapping: `MemAvailable` of `/proc/meminfo`.
    package static func availableMemory() -> Int? {
        let lines = readSmallFile("/proc/meminfo")?.split(separator: "\n") ?? []
        // Such as `MemAvailable:   16384000 kB`.
        let words = lines.first { $0.hasPrefix("MemAvailable:") }?.split(separator: " ") ?? []
        return words.count == 3 ? Int(words[1]).map { $0 * 1024 } : nil
    }

    private static func readSmallFile(_ path: String) -> String? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}

extension InstalledModel {
    /// Whether it answers in words; embedding models don't. Servers that don't tell are judged by names.
    package var canChat: Bool {
        if let capabilities { return capabilities.contains("completion") }
        let text = "\(name) \(family ?? "")".lowercased()
        return !["embed", "bert", "minilm", "bge-", "rerank"].contains(where: text.contains)
    }

    /// Whether it runs on somebody else's machine.
    package var isRemote: Bool {
        name.hasSuffix("-cloud") || name.hasSuffix(":cloud")
    }
}
