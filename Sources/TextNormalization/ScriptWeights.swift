// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of each script a text holds.
struct ScriptWeights {
    private var weights = InlineArray<25, Int>(repeating: 0)

    mutating func count(_ script: Script) {
        // A word counts twice, a character of a script without blanks once.
        weights[Int(script.rawValue)] += script.isSpaceless ? 1 : 2
    }

    mutating func add(_ weight: Int, to script: Script) {
        weights[Int(script.rawValue)] += weight
    }

    mutating func add(_ other: ScriptWeights, times factor: Int) {
        for index in weights.indices { weights[index] += other.weights[index] * factor }
    }

    subscript(script: Script) -> Int { weights[Int(script.rawValue)] }

    /// The script that the text is mostly written in. Kana and Han are one text.
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
