// SPDX-License-Identifier: GPL-3.0-or-later

/// A model to start with: fast enough for speech on a small board, and good in English and Chinese.
package struct SmallModel: Equatable {
    /// Its name in Ollama's library.
    package var name: String
    /// Bytes to download; it takes about as many in memory.
    package var size: Int

    /// From large to small; the sizes are those on https://ollama.com/library/qwen2.5.
    private static let all = [
        SmallModel(name: "qwen2.5:3b", size: 1_900_000_000), SmallModel(name: "qwen2.5:1.5b", size: 986_000_000),
        SmallModel(name: "qwen2.5:0.5b", size: 398_000_000),
    ]

    /// The largest that leaves half of the memory to everything else; the first one if the memory is unknown.
    package static func fitting(_ memory: Int?) -> SmallModel {
        let fitting = all.first { $0.size * 2 <= memory ?? .max }
        return fitting ?? all[all.count - 1]
    }
}
