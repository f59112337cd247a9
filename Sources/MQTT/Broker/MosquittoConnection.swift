// SPDX-License-Identifier: GPL-3.0-or-later
import CMosquitto
import Glibc
import Utterance

/// A connection to a broker through libmosquitto, whose handle it owns. Used by one thread.
@safe
struct MosquittoConnection: ~Copyable {
    private let handle: OpaquePointer
    private let replies: BrokerReplies
    private let options: BrokerOptions

    /// Initialized once for the process, and never cleaned up, since another connection may be in use.
    private static let library: Void = { _ = mosquitto_lib_init() }()

    /// - Throws: if the library can't create a handle.
    init(_ options: BrokerOptions) throws(BrokerFailure) {
        _ = Self.library
        let replies = BrokerReplies()
        let context = unsafe Unmanaged.passUnretained(replies).toOpaque()
        guard let handle = unsafe mosquitto_new(options.clientID, true, context) else {
            throw .other(SystemError.text(errno))
        }
        unsafe self.handle = handle
        self.replies = replies
        self.options = options
        unsafe mosquitto_connect_callback_set(handle) { _, context, code in
            unsafe BrokerReplies.of(context)?.note(acceptance: code)
        }
        unsafe mosquitto_disconnect_callback_set(handle) { _, context, code in
            unsafe BrokerReplies.of(context)?.ending = code
        }
        unsafe mosquitto_message_callback_set(handle) { _, context, message in
            guard let message = unsafe message else { return }
            unsafe BrokerReplies.of(context)?.add(message.pointee)
        }
        unsafe mosquitto_log_callback_set(handle) { _, context, level, text in
            guard level == CInt(MOSQ_LOG_ERR), let text = unsafe text else { return }
            unsafe BrokerReplies.of(context)?.error = String(cString: text)
        }
    }

    deinit {
        unsafe mosquitto_destroy(handle)
    }

    /// Connects; blocks while the name is looked up, and until the broker's machine answers.
    func connect(_ version: ReconnectPolicy.Version) throws(BrokerFailure) {
        let protocolVersion = version == .five ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311
        unsafe mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, protocolVersion)
        try secure()
        if let user = options.user {
            try check(unsafe mosquitto_username_pw_set(handle, user, options.password))
        }
        if let will = options.will {
            let bytes = Array(will.payload.utf8)
            try check(
                unsafe mosquitto_will_set(
                    handle, will.topic, CInt(bytes.count), bytes, 1, will.isRetained))
        }
        var properties: OpaquePointer?
        defer { unsafe mosquitto_property_free_all(&properties) }
        if version == .five {
            // The topic and the rest of the packet are small compared to the payload.
            let limit = UInt32(clamping: options.longestMessage + 1_024)
            unsafe mosquitto_property_add_int32(&properties, CInt(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), limit)
        }
        let keepAlive = CInt(options.keepAlive.inSeconds)
        try check(
            unsafe mosquitto_connect_bind_v5(handle, options.host, CInt(options.port), keepAlive, nil, properties))
    }

    private func secure() throws(BrokerFailure) {
        switch options.security {
        case .none: break
        case .systemCertificates: try check(unsafe mosquitto_int_option(handle, MOSQ_OPT_TLS_USE_OS_CERTS, 1))
        case .certificates(let file):
            guard unsafe mosquitto_tls_set(handle, file, nil, nil, nil, nil) == MOSQ_ERR_SUCCESS.rawValue else {
                throw .certificatesUnreadable(file: file)
            }
        }
    }

    /// -1 if it is not connected.
    var socket: CInt { unsafe mosquitto_socket(handle) }

    var wantsToWrite: Bool { unsafe mosquitto_want_write(handle) }

    /// Whether the broker has accepted the connection.
    var isAccepted: Bool { replies.isAccepted }

    /// Reads what has arrived on the socket.
    func read() throws(BrokerFailure) {
        try check(unsafe mosquitto_loop_read(handle, 1))
    }

    func write() throws(BrokerFailure) {
        try check(unsafe mosquitto_loop_write(handle, 1))
    }

    /// Sends a ping when it is due, and notices a broker that doesn't answer.
    func keepAlive() throws(BrokerFailure) {
        try check(unsafe mosquitto_loop_misc(handle))
    }

    func subscribe() throws(BrokerFailure) {
        for topic in options.subscriptions { try check(unsafe mosquitto_subscribe(handle, nil, topic, 1)) }
    }

    func publish(_ message: OutgoingMessage) throws(BrokerFailure) {
        let bytes = Array(message.payload.utf8)
        try check(
            unsafe mosquitto_publish(
                handle, nil, message.topic, CInt(bytes.count), bytes, 0, message.isRetained))
    }

    /// Closes the connection in order, so that the broker drops the will.
    func disconnect() {
        unsafe mosquitto_disconnect(handle)
    }

    /// Removes and returns the messages that have arrived.
    func takeMessages() -> [IncomingMessage] {
        defer { replies.messages = [] }
        return replies.messages
    }

    /// - Parameter result: what the library returned; `errno` belongs to it.
    private func check(_ result: CInt) throws(BrokerFailure) {
        guard result != MOSQ_ERR_SUCCESS.rawValue else { return }
        let code = errno
        if let refusal = replies.refusal { throw BrokerFailure(refusal: refusal) }
        // MQTT 5, section 3.14.2.1: session taken over.
        if replies.ending == 142 { throw .takenOver }
        switch result {
        case MOSQ_ERR_ERRNO.rawValue: throw .unreachable(SystemError.text(code))
        case MOSQ_ERR_EAI.rawValue: throw .hostUnknown
        case MOSQ_ERR_TLS.rawValue, MOSQ_ERR_TLS_HANDSHAKE.rawValue: throw .untrusted(replies.opensslReason)
        case MOSQ_ERR_CONN_LOST.rawValue, MOSQ_ERR_NO_CONN.rawValue: throw .closed
        case MOSQ_ERR_KEEPALIVE.rawValue: throw .silent
        default: throw .other(unsafe String(cString: mosquitto_strerror(result)))
        }
    }
}

/// What libmosquitto's callbacks have reported. They are called on the connection's thread, within its calls.
private final class BrokerReplies {
    private(set) var isAccepted = false
    /// The broker's code, if it refused the connection.
    private(set) var refusal: CInt?
    /// The library's code, or in MQTT 5 the broker's, when the connection ended.
    var ending: CInt?
    var messages: [IncomingMessage] = []
    /// The library's last error message.
    var error: String?

    static func of(_ context: UnsafeMutableRawPointer?) -> BrokerReplies? {
        unsafe context.map { unsafe Unmanaged<BrokerReplies>.fromOpaque($0).takeUnretainedValue() }
    }

    func note(acceptance code: CInt) {
        if code == 0 { isAccepted = true } else { refusal = code }
    }

    func add(_ message: mosquitto_message) {
        guard let topic = unsafe message.topic else { return }
        let bytes = unsafe UnsafeRawBufferPointer(start: message.payload, count: max(0, Int(message.payloadlen)))
        unsafe messages.append(
            IncomingMessage(String(cString: topic), Array(bytes), isRetained: message.retain))
    }

    /// `certificate verify failed` of `OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed`.
    var opensslReason: String {
        guard let error, let colon = error.lastIndex(of: ":") else { return "the handshake failed" }
        return error[error.index(after: colon)...].trimmed
    }
}
