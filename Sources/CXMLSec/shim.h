// Everything that Portico uses of libxml2, xmlsec1 and OpenSSL.
//
// The defines repeat `pkg-config --cflags xmlsec1-openssl`: SwiftPM drops every -D that pkg-config names. They decide the
// layout of xmlsec's structures (XMLSEC_NO_SIZE_T makes xmlSecSize an unsigned int, as Debian built the library), so a
// missing one corrupts memory silently. SystemLibraryABITests compares what this header says with what the library does.

#ifndef PORTICO_CXMLSEC_SHIM_H
#define PORTICO_CXMLSEC_SHIM_H

#ifndef __XMLSEC_FUNCTION__
#define __XMLSEC_FUNCTION__ __func__
#endif
#ifndef XMLSEC_NO_SIZE_T
#define XMLSEC_NO_SIZE_T
#endif
#ifndef XMLSEC_OPENSSL3_ENGINES
#define XMLSEC_OPENSSL3_ENGINES 1
#endif
#ifndef XMLSEC_NO_GOST
#define XMLSEC_NO_GOST 1
#endif
#ifndef XMLSEC_NO_GOST2012
#define XMLSEC_NO_GOST2012 1
#endif
#ifndef XMLSEC_NO_CRYPTO_DYNAMIC_LOADING
#define XMLSEC_NO_CRYPTO_DYNAMIC_LOADING 1
#endif
#ifndef XMLSEC_CRYPTO_OPENSSL
#define XMLSEC_CRYPTO_OPENSSL 1
#endif

// libxml2 would draw in ICU's headers, whose types Foundation declares too, and the importer refuses both in one module.
// Only the end of xmlCharEncodingHandler differs, which nothing here looks into.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/valid.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>

#include <xmlsec/xmlsec.h>
#include <xmlsec/buffer.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/keys.h>
#include <xmlsec/list.h>
#include <xmlsec/templates.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Swift sees neither function-like macros nor C variadic functions, and treats a global variable as shared mutable state.
// What follows gives those a plain function each; nothing here decides anything.

static inline void portico_xml_free(void *pointer) { xmlFree(pointer); }

static inline int portico_xmlsec_check_version(void) { return xmlSecCheckVersion(); }

// Takes any message of libxml2 and drops it: the text may be an attacker's.
static void portico_ignore_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

// libxml2's handlers are kept for each thread: this silences the calling one.
static inline void portico_silence_thread(xmlStructuredErrorFunc handler) {
    xmlSetGenericErrorFunc(NULL, portico_ignore_message);
    xmlSetStructuredErrorFunc(NULL, handler);
}

static inline EVP_PKEY *portico_generate_rsa(unsigned int bits) { return EVP_RSA_gen(bits); }

static inline EVP_PKEY *portico_generate_ec(const char *curve) { return EVP_EC_gen(curve); }

// Names as RFC 2253 writes them, with letters beyond ASCII left as they are.
static inline unsigned long portico_name_flags(void) { return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB; }

static inline long portico_bio_memory(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

#endif
