#!/usr/bin/env bash
# Makes the certificates of the tests in this folder, once: an authority, a certificate of 127.0.0.1 that is valid until
# 2126, and one that expired on 1 January 2021. The keys protect nothing.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

key "$work/ca-key.pem"
openssl req -x509 -new -key "$work/ca-key.pem" -days 36500 -subj '/O=paper-search/CN=Test authority' -out ca.pem
touch "$work/index.txt"
cat >"$work/ca.cnf" <<CONFIG
[ca]
default_ca = own
[own]
database = $work/index.txt
new_certs_dir = $work
default_md = sha256
policy = any
rand_serial = yes
copy_extensions = copy
unique_subject = no
[any]
organizationName = optional
commonName = supplied
CONFIG
certificate() {
  key "$1-key.pem"
  openssl req -new -key "$1-key.pem" -subj "/O=paper-search/CN=$1.example.org" \
    -addext 'subjectAltName=IP:127.0.0.1' -out "$work/$1.csr"
  openssl ca -batch -config "$work/ca.cnf" -cert ca.pem -keyfile "$work/ca-key.pem" -in "$work/$1.csr" -notext \
    -startdate "$2" -enddate "$3" -out "$1.pem"
}
certificate valid 20260101000000Z 21260101000000Z
certificate expired 20200101000000Z 20210101000000Z
