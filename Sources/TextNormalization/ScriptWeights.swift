// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of each script a text contains.
struct ScriptWeights {
    private var weights = InlineArray<25, Int>(repeating: 0)

    mutating func count(_ script: Script) {
        // A word counts as two, a character of a script without spaces as one.
        weights[Int(script.rawValue)] += script.isSpaceless ? 1 : 2
    }

    mutating func add(_ weight: Int, to script: Script) {
        weights[Int(script.rawValue)] += weight
    }

    mutating func add(_ other: ScriptWeights, times factor: Int) {
        for index in weights.indices { weights[index] += other.weights[index] * factor }
    }

    subscript(script: Script) -> Int { weights[Int(script.rawValue)] }

    /// The script that most of the text is written in. Kana and Han are taken together.
    var base: Script? {
        var most: (index: Int, weight: Int) = (0, 0)
        let weights = weights.span
        for index in weights.indices {
            var weight = weights[index]
            if index == Int(Script.han.rawValue) { weight += weights[Int(Script.kana.rawValue)] }
            if weight > most.weight { most = (index, weight) }
        }
        return most.weight > 0 ? Script(rawValue: UInt8(most.index)) : nil
    }
}
