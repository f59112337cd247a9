// SPDX-License-Identifier: GPL-3.0-or-later
import COpenSSL

/// The client end of a TLS connection, without the connection itself: network bytes go in and come out.
///
/// The server's certificate is verified against the system's certificates (`SSL_CERT_FILE` and `SSL_CERT_DIR` name
/// others) and against the server's name.
@safe final class TLSSession {
    private let context: OpaquePointer
    private let session: OpaquePointer
    /// Bytes from the network, and bytes for it; the session owns both.
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer

    /// The result of reading.
    enum Reading {
        case bytes([UInt8])
        /// Nothing until more comes from the network.
        case nothing
        /// The server has ended the session.
        case end
    }

    /// - Parameter host: a name or an address.
    /// - Throws: ``ConnectionFailure``.
    init(host: String) throws {
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { throw Self.failure("no TLS context") }
        guard let session = unsafe SSL_new(context) else {
            unsafe SSL_CTX_free(context)
            throw Self.failure("no TLS session")
        }
        guard let incoming = unsafe BIO_new(BIO_s_mem()), let outgoing = unsafe BIO_new(BIO_s_mem()) else {
            unsafe SSL_free(session)
            unsafe SSL_CTX_free(context)
            throw Self.failure("out of memory")
        }
        unsafe self.context = context
        unsafe self.session = session
        unsafe self.incoming = incoming
        unsafe self.outgoing = outgoing
        unsafe SSL_set_bio(session, incoming, outgoing)  // they are the session's from here on
        unsafe SSL_set_connect_state(session)
        unsafe SSL_set_verify(session, SSL_VERIFY_PEER, nil)
        guard unsafe utter_ssl_require_tls_1_2(session) == 1,
            unsafe SSL_CTX_set_default_verify_paths(context) == 1,
            names(host)
        else { throw Self.failure("the host \(host) can't be verified") }
        let http: [UInt8] = [8] + Array("http/1.1".utf8)
        _ = unsafe SSL_set_alpn_protos(session, http, CUnsignedInt(http.count))
    }

    deinit {
        unsafe SSL_free(session)
        unsafe SSL_CTX_free(context)
    }

    /// Requires that the certificate is for this host.
    private func names(_ host: String) -> Bool {
        if unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host) == 1 { return true }
        return unsafe SSL_set1_host(session, host) == 1 && utter_ssl_set_server_name(session, host) == 1
    }

    /// Takes bytes from the network.
    func receive(_ bytes: [UInt8]) {
        _ = unsafe BIO_write(incoming, bytes, CInt(bytes.count))
    }

    /// Returns the bytes to send to the network.
    func takeOutgoing() -> [UInt8] {
        var bytes: [UInt8] = []
        while case let count = unsafe Int(BIO_ctrl_pending(outgoing)), count > 0 {
            bytes += unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
                read = Int(max(unsafe BIO_read(outgoing, buffer.baseAddress, CInt(count)), 0))
            }
        }
        return bytes
    }

    /// Continues the handshake as far as the received bytes allow.
    ///
    /// - Returns: whether it is complete.
    /// - Throws: ``ConnectionFailure``.
    func shakeHands() throws -> Bool {
        ERR_clear_error()
        let result = unsafe SSL_do_handshake(session)
        if result == 1 { return true }
        guard unsafe SSL_get_error(session, result) == SSL_ERROR_WANT_READ else { throw handshakeFailure }
        return false
    }

    /// Encrypts bytes to be sent.
    ///
    /// - Throws: ``ConnectionFailure``.
    func write(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        ERR_clear_error()
        guard unsafe SSL_write(session, bytes, CInt(bytes.count)) == CInt(bytes.count) else {
            throw Self.failure("encrypting failed")
        }
    }

    /// Decrypts what was received.
    ///
    /// - Throws: ``ConnectionFailure``.
    func read() throws -> Reading {
        ERR_clear_error()
        var result: CInt = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
            result = unsafe SSL_read(session, buffer.baseAddress, CInt(buffer.count))
            count = Int(max(result, 0))
        }
        if result > 0 { return .bytes(bytes) }
        switch unsafe SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ: return .nothing
        case SSL_ERROR_ZERO_RETURN: return .end
        default: throw Self.failure("decrypting failed")
        }
    }

    /// Tells the server that nothing more will be sent.
    func close() {
        ERR_clear_error()
        _ = unsafe SSL_shutdown(session)
    }

    private var handshakeFailure: ConnectionFailure {
        let verdict = unsafe SSL_get_verify_result(session)
        guard verdict == X509_V_OK else {
            return .insecure(unsafe String(cString: X509_verify_cert_error_string(verdict)))
        }
        return Self.failure("the handshake failed")
    }

    private static func failure(_ otherwise: String) -> ConnectionFailure {
        let reason = unsafe ERR_reason_error_string(ERR_get_error())
        return .insecure(unsafe reason.map { unsafe String(cString: $0) } ?? otherwise)
    }
}
