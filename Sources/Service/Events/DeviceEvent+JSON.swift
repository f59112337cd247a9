// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Pipeline

extension DeviceEvent {
    /// The value of the key `event`.
    var name: String {
        switch self {
        case .queued: "queued"
        case .answer(let event): event.kind.name.rawValue
        case .controls: "controls"
        }
    }

    /// The answer that it belongs to, if it does to one.
    var answer: String? {
        switch self {
        case .queued(let queued): queued.answer
        case .answer(let event): event.answer
        case .controls: nil
        }
    }

    /// It ends its answer.
    var isLast: Bool {
        if case .answer(let event) = self { event.isLast } else { false }
    }

    /// A flat object, as ``Event`` is encoded.
    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing in it can fail to be encoded: no number is infinite.
        return (try? Array(encoder.encode(self))) ?? Array("{}".utf8)
    }
}

extension DeviceEvent: Encodable {
    private struct Named<Value: Encodable>: Encodable {
        var event: String
        var value: Value

        func encode(to encoder: any Encoder) throws {
            try value.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(event, forKey: .event)
        }

        private enum Key: String, CodingKey { case event }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .queued(let queued): try Named(event: name, value: queued).encode(to: encoder)
        case .answer(let event): try event.encode(to: encoder)
        case .controls(let controls): try Named(event: name, value: controls).encode(to: encoder)
        }
    }
}
