#ifndef PORTICO_CCARES_SHIM_H
#define PORTICO_CCARES_SHIM_H

#include <ares.h>

// Since version 1.22 of the library these are cases of an enumeration, which Swift gives another type.
static const int portico_ares_success = ARES_SUCCESS;
static const int portico_ares_no_data = ARES_ENODATA;
static const int portico_ares_not_found = ARES_ENOTFOUND;
static const int portico_ares_timeout = ARES_ETIMEOUT;

#endif
