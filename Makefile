# The two commands of a fresh machine are `make demo` and `make test`. Each installs what is missing first.

.PHONY: help demo test bench bench-scale conformance format clean

help:
	@echo "make demo    build and run the demonstration on http://localhost:8080"
	@echo "make test    run every test"
	@echo "make bench   compare speed with nginx and others, and write Docs/Performance.md"
	@echo "make bench-scale  measure 100,000 workspaces beside ten, and write that into Docs/Performance.md"
	@echo "make conformance  attack matrix, generated documents, fuzzers and second opinions at length"
	@echo "make format  lay out the Swift sources"
	@echo "make clean   remove builds, the demonstration's data and the Python environment"

demo:
	@Scripts/install-packages demo
	@echo "Building Portico (the first time takes some minutes)"
	@portico=$$(Scripts/build-release portico) && exec "$$portico" demo

test:
	@Scripts/test

bench:
	@Scripts/install-packages bench
	@Benchmarks/run

bench-scale:
	@Scripts/install-packages bench
	@Benchmarks/scale/run

conformance:
	@Scripts/install-packages conformance
	@Scripts/conformance

format:
	@swift format --in-place --recursive Package.swift Sources Tests

clean:
	@Scripts/clean
