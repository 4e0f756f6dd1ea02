// xmlsec1 (https://www.aleksey.com/xmlsec, Debian's libxmlsec1) as a contestant, used in the plainest way: the Response is
// decoded and parsed, the assertion's signature verified with a key that was read once, the signed bytes are parsed again,
// and the text of all their elements is read. Nothing that SAML asks for beyond the signature is checked.
//
//     xmlsec_verify MESSAGE TAMPERED KEY CHECKS
//
// MESSAGE and TAMPERED hold base64, KEY is a certificate in PEM. It prints the microseconds of CPU that one check took.

#include <libxml/parser.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

static const xmlChar ASSERTION_NAMESPACE[] = "urn:oasis:names:tc:SAML:2.0:assertion";

static void must(int holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "%s failed\n", what);
        exit(1);
    }
}

static char *contents(const char *path) {
    static char buffer[1 << 20];
    FILE *file = fopen(path, "r");
    must(file != NULL, path);
    size_t length = fread(buffer, 1, sizeof(buffer) - 1, file);
    fclose(file);
    buffer[length] = 0;
    return strdup(buffer);
}

static size_t text_length(xmlNodePtr node) {
    size_t length = 0;
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE) {
            length += strlen((const char *)node->content);
        } else if (node->type == XML_ELEMENT_NODE) {
            length += text_length(node->children);
        }
    }
    return length;
}

// The length of the text of the signed bytes, or 0 when the signature does not hold.
static size_t check(const char *base64, xmlSecKeyPtr key) {
    size_t encoded = strlen(base64);
    unsigned char *bytes = malloc(encoded);
    must(bytes != NULL, "malloc");
    int length = EVP_DecodeBlock(bytes, (const unsigned char *)base64, (int)encoded);
    must(length > 0, "base64");
    while (bytes[length - 1] == 0) { length -= 1; }

    xmlDocPtr document = xmlReadMemory((const char *)bytes, length, NULL, NULL, XML_PARSE_NONET);
    must(document != NULL, "parsing");
    xmlNodePtr root = xmlDocGetRootElement(document);
    xmlNodePtr assertion = xmlSecFindChild(root, (const xmlChar *)"Assertion", ASSERTION_NAMESPACE);
    must(assertion != NULL, "finding the assertion");
    const xmlChar *identifiers[] = {(const xmlChar *)"ID", NULL};
    xmlSecAddIDs(document, assertion, identifiers);
    xmlNodePtr signature = xmlSecFindChild(assertion, xmlSecNodeSignature, xmlSecDSigNs);
    must(signature != NULL, "finding the signature");

    xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
    must(context != NULL, "making a context");
    context->flags |= XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
    context->signKey = xmlSecKeyDuplicate(key);
    size_t found = 0;
    if (xmlSecDSigCtxVerify(context, signature) == 0 && context->status == xmlSecDSigStatusSucceeded) {
        xmlSecDSigReferenceCtxPtr reference = xmlSecPtrListGetItem(&context->signedInfoReferences, 0);
        xmlSecBufferPtr signedBytes = xmlSecDSigReferenceCtxGetPreDigestBuffer(reference);
        must(signedBytes != NULL, "finding the signed bytes");
        xmlDocPtr again = xmlReadMemory((const char *)xmlSecBufferGetData(signedBytes), (int)xmlSecBufferGetSize(signedBytes), NULL, NULL, XML_PARSE_NONET);
        must(again != NULL, "parsing again");
        found = text_length(xmlDocGetRootElement(again));
        xmlFreeDoc(again);
    }
    xmlSecDSigCtxDestroy(context);
    xmlFreeDoc(document);
    free(bytes);
    return found;
}

int main(int count, char **arguments) {
    must(count == 5, "usage: xmlsec_verify MESSAGE TAMPERED KEY CHECKS");
    xmlInitParser();
    must(xmlSecInit() == 0 && xmlSecOpenSSLAppInit(NULL) == 0 && xmlSecOpenSSLInit() == 0, "starting xmlsec1");
    char *message = contents(arguments[1]), *tampered = contents(arguments[2]);
    xmlSecKeyPtr key = xmlSecOpenSSLAppKeyLoad(arguments[3], xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
    must(key != NULL, "reading the key");
    xmlSecErrorsSetCallback(NULL);
    must(check(tampered, key) == 0, "refusing a Response that was changed after signing");

    int checks = atoi(arguments[4]);
    for (int each = 0; each < checks / 10 + 1; each += 1) { must(check(message, key) > 0, "verification"); }
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (int each = 0; each < checks; each += 1) { must(check(message, key) > 0, "verification"); }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    printf("%f\n", ((end.tv_sec - start.tv_sec) * 1e6 + (end.tv_nsec - start.tv_nsec) / 1e3) / checks);
    return 0;
}
