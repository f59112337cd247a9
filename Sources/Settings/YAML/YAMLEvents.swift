// SPDX-License-Identifier: GPL-3.0-or-later
import CYAML

/// One event from libyaml's parser, with Swift types.
struct YAMLEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    var kind: Kind
    var place: Place
    var hasAnchor = false
    var hasTag = false
}

/// libyaml's event parser, for bytes in memory.
@safe
final class YAMLEvents {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let source: String

    /// - Parameters:
    ///   - bytes: the document, in UTF-8.
    ///   - source: where problems are reported to be.
    init(_ bytes: [UInt8], source: String) {
        self.source = source
        unsafe self.bytes = .allocate(capacity: bytes.count)
        _ = unsafe self.bytes.initialize(from: bytes)
        unsafe parser = .allocate(capacity: 1)
        let result = unsafe yaml_parser_initialize(parser)
        precondition(result == 1, "yaml_parser_initialize fails only without memory.")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, self.bytes.baseAddress, self.bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe bytes.deallocate()
    }

    /// Returns the next event. Must not be called after `streamEnd`.
    func next() throws(SettingsError.Problem) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { unsafe yaml_event_delete(&event) }
        let place = place(of: unsafe event.start_mark)
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, place: place)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, place: place)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, place: place)
        case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, place: place)
        case YAML_SCALAR_EVENT: return unsafe scalar(event.data.scalar, at: place)
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return unsafe YAMLEvent(
                kind: .sequenceStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, place: place)
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return unsafe YAMLEvent(
                kind: .mappingStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, place: place)
        default: return YAMLEvent(kind: .streamEnd, place: place)
        }
    }

    private func scalar(_ scalar: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, at place: Place)
        -> YAMLEvent
    {
        let text = unsafe String(
            decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        return unsafe YAMLEvent(
            kind: .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), place: place,
            hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
    }

    /// libyaml counts from 0.
    private func place(of mark: yaml_mark_t) -> Place {
        Place(source: source, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    private func problem() -> SettingsError.Problem {
        let failed = unsafe parser.pointee
        let reason = unsafe failed.problem.map { unsafe String(cString: $0) } ?? "out of memory"
        if unsafe failed.error == YAML_READER_ERROR {
            return SettingsError.Problem(
                at: place(ofByte: unsafe failed.problem_offset), "not valid UTF-8 text: \(reason)")
        }
        // The parser notices a key without its colon only in the next line.
        let context = unsafe failed.context.map { unsafe String(cString: $0) }
        if unsafe failed.error == YAML_SCANNER_ERROR, context == "while scanning a simple key" {
            return SettingsError.Problem(at: place(of: unsafe failed.context_mark), "not valid YAML: \(reason)")
        }
        let place = place(of: unsafe failed.problem_mark)
        if unsafe failed.error == YAML_SCANNER_ERROR, isTab(at: place) {
            return SettingsError.Problem(at: place, "a tab can't indent YAML; use spaces")
        }
        return SettingsError.Problem(at: place, "not valid YAML: \(reason)")
    }

    private func isTab(at place: Place) -> Bool {
        guard let position = place.position else { return false }
        let lines = unsafe bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard unsafe lines.indices.contains(position.line - 1) else { return false }
        let line = unsafe String(decoding: lines[position.line - 1], as: UTF8.self).unicodeScalars
        return line.dropFirst(position.column - 1).first == "\t"
    }

    private func place(ofByte offset: Int) -> Place {
        let before = unsafe bytes.prefix(offset)
        let line = unsafe before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let column = unsafe String(decoding: line.last ?? before, as: UTF8.self).unicodeScalars.count + 1
        return Place(source: source, line: unsafe max(line.count, 1), column: column)
    }
}
