#ifndef PORTICO_CCURL_SHIM_H
#define PORTICO_CCURL_SHIM_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Swift calls no function with a variable list of arguments: one function for each kind of them.

typedef size_t (*portico_curl_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode portico_curl_start(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

static inline CURLcode portico_curl_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode portico_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode portico_curl_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

// Where the library writes what it has to say about a failure: CURL_ERROR_SIZE bytes.
static inline CURLcode portico_curl_errors(CURL *handle, char *buffer) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

// Gets the bytes of the message.
static inline CURLcode portico_curl_source(CURL *handle, portico_curl_transfer read, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, read);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_READDATA, context) : code;
}

// Takes each line that the server answers.
static inline CURLcode portico_curl_answers(CURL *handle, portico_curl_transfer take, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_HEADERDATA, context) : code;
}

// The status of the last answer that counts, 0 where there was none.
static inline long portico_curl_status(CURL *handle) {
    long status = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

#endif
