// The one function of libFuzzer that a program with a main function of its own calls (compiler-rt, FuzzerInterface.h).
// `swiftc -sanitize=fuzzer` links it.

#ifndef PORTICO_LIBFUZZER_H
#define PORTICO_LIBFUZZER_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
