// SPDX-License-Identifier: GPL-3.0-or-later

/// A model to begin with: small enough to speak along on a small board, and good in English and Chinese.
struct SmallModel: Equatable {
    /// As Ollama's library has it.
    var name: String
    /// Bytes to download, and about as many in memory.
    var size: Int

    /// From large to small; sizes as https://ollama.com/library/qwen2.5 states them.
    private static let all = [
        SmallModel(name: "qwen2.5:3b", size: 1_900_000_000), SmallModel(name: "qwen2.5:1.5b", size: 986_000_000),
        SmallModel(name: "qwen2.5:0.5b", size: 398_000_000),
    ]

    /// The largest that leaves half of the memory to everything else; the first if nothing is known of the memory.
    static func fitting(_ memory: Int?) -> SmallModel {
        let fitting = all.first { $0.size * 2 <= memory ?? .max }
        return fitting ?? all[all.count - 1]
    }
}
