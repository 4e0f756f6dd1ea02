#!/bin/sh
# Makes the certificates that must be refused. The private keys are thrown away.
set -eu
cd "$(dirname "$0")"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
self_signed() {
    openssl req -x509 -new -key "$temporary/$1.key" -subj "/CN=$1" -days 3650 -out "$1.pem"
}
openssl ecparam -name secp256k1 -genkey -noout -out "$temporary/secp256k1.key"
self_signed secp256k1
openssl genpkey -algorithm ed25519 -out "$temporary/ed25519.key"
self_signed ed25519
openssl dsaparam -genkey -noout -out "$temporary/dsa.key" 2048
self_signed dsa
openssl genpkey -algorithm rsa-pss -pkeyopt rsa_keygen_bits:2048 -out "$temporary/rsa-pss.key"
self_signed rsa-pss
openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:4294967297 \
    -out "$temporary/rsa-long-exponent.key"
self_signed rsa-long-exponent
openssl ecparam -name prime256v1 -genkey -noout -out "$temporary/authority.key"
openssl req -x509 -new -key "$temporary/authority.key" -subj /CN=authority -days 3650 -out "$temporary/authority.pem"
openssl ecparam -name prime256v1 -genkey -noout -out "$temporary/leaf.key"
openssl req -new -key "$temporary/leaf.key" -subj /CN=leaf -out "$temporary/leaf.csr"
openssl x509 -req -in "$temporary/leaf.csr" -CA "$temporary/authority.pem" -CAkey "$temporary/authority.key" \
    -set_serial 2 -days 3650 -out "$temporary/leaf.pem"
cat "$temporary/leaf.pem" "$temporary/authority.pem" > chain.pem
openssl req -in "$temporary/leaf.csr" -outform DER | base64 > request.base64
openssl pkey -in "$temporary/leaf.key" -pubout -outform DER | base64 > public-key.base64
