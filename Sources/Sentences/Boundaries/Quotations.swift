// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a sentence goes on after a quotation that ends like a sentence.
enum Quotations {
    /// The most bytes after the quotation that are examined.
    static let lookahead = 18

    enum Answer {
        case yes
        case no
        case needsMore
    }

    /// - Parameters:
    ///   - next: the offset of the first character after the closing mark.
    ///   - isEnd: whether nothing will come after `limit`.
    static func goOn(at next: Int, limit: Int, isEnd: Bool, _ bytes: ByteWindow) -> Answer {
        switch bytes.scalar(at: next) {
        // 「行こう！」と言った。
        case "と", "っ", "の", "を", "は", "が", "に", "も", "や": return .yes
        // “你好！”他说。
        case "他", "她", "我", "你", "它", "咱", "您", "谁", "誰", "大", "老", "妈", "爸", "小": break
        case "说", "問", "问", "道", "喊", "叫", "答", "笑", "想", "說", "的", "这", "這", "一": break
        // 「行く。」そう言った。
        case "そ", "彼", "私", "僕", "俺", "母", "父": break
        // "가자!"라고 말했다.
        case "라", "이", "하", "고", "며", "는", "은", "을", "를": return .yes
        case let scalar: return scalar.isContinuing ? .yes : .no
        }
        let end = min(limit, next + lookahead)
        guard end == next + lookahead || isEnd else { return .needsMore }
        var offset = next
        while offset < end {
            switch bytes.scalar(at: offset) {
            case "言", "聞", "答", "尋": return .yes
            case "笑" where bytes.has("笑っ", at: offset): return .yes
            case "说", "說", "问", "問", "道", "喊", "叫", "嚷": return .yes
            case "回" where bytes.has("回答", at: offset): return .yes
            case "，", "。", "、", "：", ",", ".", "没", "沒", "不", "知", "难", "難": return .no
            default: offset += UTF8Form.length(lead: bytes[offset])
            }
        }
        return .no
    }
}
