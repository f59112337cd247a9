// What Swift cannot import of OpenSSL: its macros.
#pragma once
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static inline int utter_ssl_require_tls_1_2(SSL *ssl) {
    return (int)SSL_set_min_proto_version(ssl, TLS1_2_VERSION);
}

static inline int utter_ssl_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}
